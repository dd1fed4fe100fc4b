import { posix } from 'node:path';
import type { Syntax } from './syntax.js';

/**
 * The folder of another noun that the node imports a value from, where both files are use cases; `null` if none. No use case calls another:
 * what verbs of several nouns share is a step. Types may be shared.
 */
export function otherNounOf(node: Syntax, file: string, imported: string): string | null {
  const [own, other] = [nounOf(file), nounOf(imported)];
  if (own === null || other === null || own === other || own === 'steps' || other === 'steps') return null;
  return isOfTypes(node) ? null : other;
}

/** `core/usecases/sessions/log-in.ts` is of `sessions`. What lies at the top of the room is of no noun. */
function nounOf(path: string): string | null {
  const [, noun] = /^core\/usecases\/([^/]+)\/[^/]+$/.exec(posix.normalize(path)) ?? [];
  return noun ?? null;
}

function isOfTypes({ importKind, exportKind, specifiers }: Syntax): boolean {
  if (importKind === 'type' || exportKind === 'type') return true;
  return Array.isArray(specifiers) && specifiers.length > 0 && specifiers.every((specifier: Syntax) => specifier.importKind === 'type');
}
