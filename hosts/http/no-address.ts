/** Stands for a client whose socket has no address left: it has hung up. */
export const noAddress = '0.0.0.0';
