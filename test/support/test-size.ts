import { isPart } from './test-part.js';

/**
 * A spec that takes long in full has two sizes: `npm test` runs the short one, `npm run test:long` the long one. Importing this module
 * is what makes a spec part of the latter.
 */
export const bySize = <Value>(sizes: { readonly short: Value; readonly long: Value }): Value => (isPart('long') ? sizes.long : sizes.short);
