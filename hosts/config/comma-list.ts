/**
 * Parses the items of a comma list, trimmed, without empty ones. Also accepts a JSON array of strings, which is how pydantic writes a list.
 */
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
