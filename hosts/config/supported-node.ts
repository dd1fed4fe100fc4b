/** The first Node.js version with `AsyncDisposableStack` and `SuppressedError`. Must equal `engines` in package.json. */
const oldestMajor = 24;

/** `version` has the form of `process.versions.node`: `24.0.0`. */
export const isNodeSupported = (version: string): boolean => Number.parseInt(version, 10) >= oldestMajor;

export const unsupportedNode = (version: string): string => `move-acces needs Node ${oldestMajor} or newer; this is Node ${version}`;
