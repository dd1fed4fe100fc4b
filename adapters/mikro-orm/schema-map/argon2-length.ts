/** Longest PHC string of an Argon2id hash that may come, with room to spare. */
export const argon2Length = 128;

/** The PHC string of the cheapest hash that is ever written. */
export const shortestArgon2Length = 97;
