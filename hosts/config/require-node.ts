import { isNodeSupported, unsupportedNode } from './supported-node.js';

// Imported before all else: without it, what is missing shows as an error of some later line, or of the text of another error.
const { process } = globalThis as { readonly process?: { readonly versions?: { readonly node?: string } } };
const version = process?.versions?.node;
if (version !== undefined && !isNodeSupported(version)) throw new Error(unsupportedNode(version));
