import { isPart } from './test-part.js';

/**
 * A slow spec has two sizes: `npm test` runs the short one, `npm run test:long` the long one. A spec that imports this module belongs to
 * the long part.
 */
export const bySize = <Value>(sizes: { readonly short: Value; readonly long: Value }): Value => (isPart('long') ? sizes.long : sizes.short);
