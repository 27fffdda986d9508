/**
 * Every string of a JSON text, keys included, with its escapes undone; undefined where it is not JSON. A body is
 * scanned through these, so that `\u0067hp_…` hides nothing.
 */
export function jsonStrings(body: string): readonly string[] | undefined {
  const found: string[] = [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  const open: unknown[] = [parsed];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') found.push(value);
    else if (Array.isArray(value)) for (const item of value) open.push(item);
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) {
        found.push(key);
        open.push(item);
      }
  }
  return found;
}
