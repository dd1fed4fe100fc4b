/** The items of a comma list, trimmed, empty ones left out; a JSON array of strings, as pydantic writes a list, is read too. */
export function commaList(text: string): readonly string[] {
  return (jsonStrings(text) ?? text.split(',')).map((item) => item.trim()).filter((item) => item !== '');
}

function jsonStrings(text: string): readonly string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const items: unknown = JSON.parse(text);
    return Array.isArray(items) && items.every((item) => typeof item === 'string') ? items : null;
  } catch {
    return null;
  }
}
