import { isNodeSupported, unsupportedNode } from './supported-node.js';

// Imported before all other modules. Without it, an older Node.js fails with an error of some later line, which does not name the cause.
const { process } = globalThis as { readonly process?: { readonly versions?: { readonly node?: string } } };
const version = process?.versions?.node;
if (version !== undefined && !isNodeSupported(version)) throw new Error(unsupportedNode(version));
