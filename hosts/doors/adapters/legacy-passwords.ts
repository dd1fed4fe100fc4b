/** The older password formats that still log in. */
export * from '../../../adapters/legacy-passwords/hex-recipe.js';
export * from '../../../adapters/legacy-passwords/legacy-verifiers.js';
