/** A strong entity tag (RFC 9110 §8.8.3): one version, one sequence of bytes. */
export const entityTag = (version: string): string => `"${version}"`;

/**
 * The versions that `If-Match` names (RFC 9110 §13.1.1); null for any: there is no field, or it is `*`. Weak tags never match there,
 * so they name nothing, and neither does what is no list of tags: such a field matches no state at all.
 */
export function expectedVersions(ifMatch: string | undefined): readonly string[] | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  const members = ifMatch.replaceAll(anyTag, '""').split(',');
  if (!members.every((member) => ['', '""'].includes(member.trim()))) return [];
  return [...ifMatch.matchAll(anyTag)].filter(([, weak]) => weak === undefined).map(([, , version = '']) => version);
}

const anyTag = /(W\/)?"([^"]*)"/g;
