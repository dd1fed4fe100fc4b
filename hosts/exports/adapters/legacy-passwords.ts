/** The older password formats that still log in. */
import '../../config/require-node.js';

export * from '../../../adapters/legacy-passwords/hex-recipe.js';
export * from '../../../adapters/legacy-passwords/legacy-verifiers.js';
