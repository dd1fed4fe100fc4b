import { AuthError } from './auth-error.js';

/** What a request wants of the state that it finds (RFC 9110 §13.1). */
export interface VersionConditions {
  /** One of these, as `If-Match` names them; null is any state. */
  readonly expectedVersions?: readonly string[] | null;
  /** None of these, as `If-None-Match` names them; `any` excludes every state, null none. */
  readonly unwantedVersions?: readonly string[] | 'any' | null;
}

/** Whether there is a condition, so that the state has to be read. */
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
