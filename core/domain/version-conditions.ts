import { AuthError } from './auth-error.js';

/** The states in which something may be read or changed, by the name of each state (its version). */
export interface VersionConditions {
  /** The state is one of these; null admits any state. */
  readonly expectedVersions?: readonly string[] | null;
  /** The state is none of these; `any` excludes every state, null excludes none. */
  readonly unwantedVersions?: readonly string[] | 'any' | null;
}

/** Returns whether there is a condition, so that the state has to be read. */
export const isConditional = ({ expectedVersions = null, unwantedVersions = null }: VersionConditions): boolean =>
  expectedVersions !== null || unwantedVersions !== null;

export const isExpected = (version: string, { expectedVersions = null }: VersionConditions): boolean =>
  expectedVersions === null || expectedVersions.includes(version);

export const isUnwanted = (version: string, { unwantedVersions = null }: VersionConditions): boolean =>
  unwantedVersions === 'any' || unwantedVersions?.includes(version) === true;

/** @throws AuthError `precondition_failed` */
export function requireVersion(version: string, conditions: VersionConditions): void {
  if (!isExpected(version, conditions) || isUnwanted(version, conditions)) throw new AuthError('precondition_failed');
}
