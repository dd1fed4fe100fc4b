import { editDistance } from './edit-distance.js';
import { fileVariable, secretVariables } from './secret-files.js';
import { synonyms } from './synonyms.js';
import type { VariableTexts } from './variable-texts.js';
import { type VariableName, variableNames } from './variables.js';

/** Every name that is read, with the variable that it is for. */
const readNames: ReadonlyMap<string, VariableName> = new Map([
  ...variableNames.map((name) => [name, name] as const),
  ...secretVariables.map((name) => [fileVariable(name), name] as const),
]);

/**
 * Returns a line for each unknown name that probably means a variable of this product: one or two letters differ, punctuation or case
 * differs, or other software uses the name for the same setting. In the last case only while this product's variable is unset, since that
 * software may share the environment and `.env`.
 */
export function typoWarnings(found: { readonly names: readonly string[]; readonly texts: VariableTexts }): readonly string[] {
  const names = [...new Set(found.names)].filter((name) => /^[\w.-]{1,64}$/.test(name));
  return names.flatMap((name) => {
    const meant = variableMeant(name, found.texts);
    return meant === null ? [] : [`${name} is not read, did you mean ${meant}?`];
  });
}

function variableMeant(name: string, texts: VariableTexts): string | null {
  const capitals = name.toUpperCase();
  const known = readNames.get(capitals);
  // lower case in .env was read: then the variable is set
  if (known !== undefined) return name === capitals || texts[known].origin !== 'default' ? null : capitals;
  const synonym = synonyms.get(capitals);
  if (synonym !== undefined) return texts[synonym].origin === 'default' ? synonym : null;
  return [...readNames.keys()].find((ours) => isMisspelt(capitals, ours)) ?? null;
}

/** A short name is close to too many valid names: `DB_PORT` is two letters from `WS_PORT`, `HOME` from `HOST`. */
function isMisspelt(name: string, ours: string): boolean {
  if (squeezed(name) === squeezed(ours)) return true;
  const allowed = ours.length < 8 ? 1 : 2;
  // checks the length first: most names differ too much for the expensive comparison
  return Math.abs(name.length - ours.length) <= allowed && name[0] === ours[0] && editDistance(name, ours) <= allowed;
}

function squeezed(name: string): string {
  return name.replace(/[_.-]/g, '');
}
