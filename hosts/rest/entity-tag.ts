/** A strong entity tag (RFC 9110 §8.8.3): one version, one sequence of bytes. */
export const entityTag = (version: string): string => `"${version}"`;

/**
 * Returns the versions that `If-Match` lists (RFC 9110 §13.1.1); null for any version: the header is absent, or is `*`. Weak tags never
 * match there, so they are left out. A header that is not a list of tags matches no state at all.
 */
export function expectedVersions(ifMatch: string | undefined): readonly string[] | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  return (tagsOf(ifMatch) ?? []).filter(({ isWeak }) => !isWeak).map(({ version }) => version);
}

/**
 * Returns the versions that `If-None-Match` excludes from a change (RFC 9110 §13.1.2), weak tags included; null for none: the header is
 * absent. `*` excludes any state, and so does a header that is not a list of tags: a condition that cannot be checked is not satisfied.
 */
export function unwantedVersions(ifNoneMatch: string | undefined): readonly string[] | 'any' | null {
  if (ifNoneMatch === undefined) return null;
  return tagsOf(ifNoneMatch)?.map(({ version }) => version) ?? 'any';
}

const anyTag = /(W\/)?"([^"]*)"/g;

/** Returns the tags of a list; null for a text that is not a list of tags. */
function tagsOf(field: string): readonly { readonly isWeak: boolean; readonly version: string }[] | null {
  const members = field.replaceAll(anyTag, '""').split(',');
  if (!members.every((member) => ['', '""'].includes(member.trim()))) return null;
  return [...field.matchAll(anyTag)].map(([, weak, version = '']) => ({ isWeak: weak !== undefined, version }));
}
