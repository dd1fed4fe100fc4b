import { measureArgon2 } from '../../adapters/argon2/measure-argon2.js';

/** How long one hash of this cost takes on this machine, in milliseconds. */
export const measureHash = (cost: Parameters<typeof measureArgon2>[0]): Promise<number> => measureArgon2(cost);
