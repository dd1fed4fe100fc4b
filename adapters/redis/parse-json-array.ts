/** Returns null for a text that is not a JSON array, or is longer than `maxLength`. */
export function parseJsonArray(text: string, maxLength: number): readonly unknown[] | null {
  if (text.length > maxLength) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
