import type { UserId } from '../../../core/domain/ids.js';

/**
 * The time of the last event of each history (a sorted set), and its bytes (a hash), both by channel. The braces put them in one slot of a
 * cluster.
 */
export const appendedKey = 'ma:{events}:appended';
export const bytesKey = 'ma:{events}:bytes';
/** The keys of the index of all histories, in the order in which the scripts take them. */
export const indexKeys: readonly string[] = [appendedKey, bytesKey];

/** The braces put both keys of a user in one slot of a cluster. */
export const placeKeyOf = (userId: UserId): string => `ma:events:{${userId}}:place`;
export const historyKeyOf = (userId: UserId): string => `ma:events:{${userId}}:history`;
