import { openArgon2 } from '../../adapters/argon2/argon2-library.js';
import type { Argon2Parameters } from '../../adapters/argon2/argon2-parameters.js';
import { measureArgon2 } from '../../adapters/argon2/measure-argon2.js';

const library = openArgon2();

/** How long one hash of this cost takes on this machine, in milliseconds. */
export const measureHash = (cost: Argon2Parameters): Promise<number> => measureArgon2(library, cost);
