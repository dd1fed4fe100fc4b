/** A strong entity tag (RFC 9110 §8.8.3): one version, one sequence of bytes. */
export const entityTag = (version: string): string => `"${version}"`;

/**
 * The versions that `If-Match` names (RFC 9110 §13.1.1); null for any: there is no field, or it is `*`. Weak tags never match there,
 * so they name nothing, and neither does what is no list of tags: such a field matches no state at all.
 */
export function expectedVersions(ifMatch: string | undefined): readonly string[] | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  return (tagsOf(ifMatch) ?? []).filter(({ isWeak }) => !isWeak).map(({ version }) => version);
}

/**
 * The versions that `If-None-Match` excludes from a change (RFC 9110 §13.1.2), weak tags included; null for none: there is no field.
 * `*` excludes any state, and so does what is no list of tags: what cannot be judged is not done.
 */
export function unwantedVersions(ifNoneMatch: string | undefined): readonly string[] | 'any' | null {
  if (ifNoneMatch === undefined) return null;
  return tagsOf(ifNoneMatch)?.map(({ version }) => version) ?? 'any';
}

const anyTag = /(W\/)?"([^"]*)"/g;

/** The tags of a list; null for what is none. */
function tagsOf(field: string): readonly { readonly isWeak: boolean; readonly version: string }[] | null {
  const members = field.replaceAll(anyTag, '""').split(',');
  if (!members.every((member) => ['', '""'].includes(member.trim()))) return null;
  return [...field.matchAll(anyTag)].map(([, weak, version = '']) => ({ isWeak: weak !== undefined, version }));
}
