import type { Code, Source } from '../code/code.ts';
import type { OutlinedUnit } from '../vocabulary/outline.ts';

/** A longer text is not parsed only to offer something. UTF-16 characters. */
const longest = 200_000;

/** The units of a file, outer before inner; undefined in a language without grammar or a file that is too long. */
export async function outlineOf(
  source: Source,
  code: Code,
  signal: AbortSignal,
): Promise<readonly OutlinedUnit[] | undefined> {
  if (source.text.length > longest) return undefined;
  const found = await code.units(source, signal);
  if (!found.ok) return undefined;
  return found.value.map(({ kind, name, span, doc, exported }) => ({
    kind,
    name,
    span: { start: Math.min(span.start, doc?.start ?? span.start), end: span.end },
    exported,
    documented: doc !== undefined,
  }));
}
