import type { CodeUnit, Token } from '../../code/code.ts';
import type { TaskTools } from '../tasks.ts';

/** Words after which a name is read, not declared. */
const readers = new Set(
  'return new throw await in not and or yield else case raise if elsif elif unless while until typeof delete ref out co_return puts move do then when'.split(
    ' ',
  ),
);

interface Change {
  readonly languageId: string;
  readonly before: string;
  readonly after: string;
  readonly unit: CodeUnit;
  /** The function as it is now. */
  readonly now: CodeUnit;
  /** All units of the file before. */
  readonly was: readonly CodeUnit[];
}

/**
 * Parameters that a function had, has no more and still uses, by its tokens alone: for languages in which nobody can say
 * from one file what is declared. Only where every use is a plain reading, and nothing outside of functions has the name.
 */
export async function lostParameters(
  { languageId, before, after, unit, now, was }: Change,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<string[]> {
  const names = new Set(now.parameters.map(({ name }) => name));
  const gone = unit.parameters
    .map(({ name }) => name)
    .filter((name) => !names.has(name) && !name.includes(','));
  if (gone.length === 0 || !now.body) return [];
  const [old, fresh] = await Promise.all([
    tools.code.tokens({ languageId, text: before }, signal),
    tools.code.tokens({ languageId, text: after }, signal),
  ]);
  if (!old.ok || !fresh.ok) return [];
  const functions = was.filter(({ kind }) => kind !== 'class');
  const elsewhere = new Set([
    ...was.map(({ name }) => name),
    ...old.value
      .filter(({ at }) => !functions.some(({ span }) => at >= span.start && at < span.end))
      .map(({ text }) => bare(text)),
  ]);
  const { start, end } = now.body;
  const own = fresh.value.filter(({ at }) => at >= start && at < end);
  return gone.filter((name) => {
    if (elsewhere.has(name)) return false;
    const uses = own.flatMap((token, index) => (token.text.replace(/^\$/, '') === name ? [index] : []));
    const read = uses.filter((index) => !isPart(own, index));
    return read.length > 0 && read.every((index) => isReading(own, index));
  });
}

/** Without what marks a symbol, a field or a variable. */
function bare(text: string): string {
  return text.replace(/^[:@$&*]+/, '');
}

/** A member of something else, or the key of a pair. */
function isPart(tokens: readonly Token[], index: number): boolean {
  const [before, after] = [tokens[index - 1]?.text ?? '', tokens[index + 1]?.text ?? ''];
  return ['.', '?.', '->', '?->', '::', '&.'].includes(before) || after === ':' || after === '=>';
}

function isReading(tokens: readonly Token[], index: number): boolean {
  const [before, after] = [tokens[index - 1]?.text ?? '', tokens[index + 1]?.text ?? ''];
  if (/^(?:=|:=|in|of)$/.test(after) || /^(?:\||as|let|mut|var|val|auto|const|def|end)$/.test(before))
    return false;
  // `(name) ->` and `name =>` declare.
  if (after === ')' && /^(?:=>|->|\{)$/.test(tokens[index + 2]?.text ?? '')) return false;
  return !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(before) || readers.has(before);
}
