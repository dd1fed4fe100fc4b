/** The first Node with `AsyncDisposableStack` and `SuppressedError`. `engines` in package.json says the same. */
const oldestMajor = 24;

/** `version` as Node shows it: `24.0.0`. */
export const isNodeSupported = (version: string): boolean => Number.parseInt(version, 10) >= oldestMajor;

export const unsupportedNode = (version: string): string => `move-acces needs Node ${oldestMajor} or newer; this is Node ${version}`;
