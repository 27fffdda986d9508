import type { CodeUnit } from '../../code/code.ts';
import type { Finding } from '../../vocabulary/verdict.ts';
import type { TaskTools } from '../tasks.ts';
import { returned, thrown } from './commentWords.ts';
import type { DocumentPlan } from './documentPlan.ts';

/** So many other comments of the file have to say it, and all that could. */
const fewestOthers = 3;

interface Part {
  readonly finding: Finding;
  /** Whether a body surely does it. */
  readonly does: RegExp;
  /** Words that say it without a tag. */
  readonly words: RegExp;
  readonly said: (lines: readonly string[], languageId: string) => string | undefined;
}

const parts: readonly Part[] = [
  {
    finding: { code: 'returnMissing', params: {} },
    does: /(?:^|[\s{;])return\s+[^;\s}]/,
    words: /\b(?:returns?|returned|returning|gives?|gets?|yields?|results?|whether|true|false)\b|@inherit/i,
    said: returned,
  },
  {
    finding: { code: 'throwMissing', params: {} },
    does: /(?:^|[\s{;])(?:throw\s+new|raise)\s+\w/,
    words: /\b(?:throws?|thrown|raises?|raised|errors?|exceptions?|fails?|rejects?)\b|@inherit/i,
    said: (lines) => thrown(lines),
  },
];

/**
 * What a comment leaves out that the file's other comments say wherever there is something to say: the value that is
 * given back, an error that is thrown. Empty where the file has no such custom.
 */
export async function leftOut(
  { languageId, before }: DocumentPlan,
  unit: CodeUnit,
  lines: readonly string[],
  tools: TaskTools,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (languageId === 'go' || languageId === 'rust' || unit.kind === 'class') return [];
  const body = bodyOf(unit, before);
  const text = lines.join('\n');
  const silent = parts.filter(
    ({ does, words, said }) => does.test(body) && !words.test(text) && said(lines, languageId) === undefined,
  );
  if (silent.length === 0 || unit.parameters.length === 0 || !unit.returnsValue) return [];
  const found = await tools.code.units({ languageId, text: before }, signal);
  const others = (found.ok ? found.value : []).filter(
    (one) =>
      // One without parameters is often described in a line.
      one.doc && one.kind !== 'class' && one.parameters.length > 0 && one.span.start !== unit.span.start,
  );
  return silent
    .filter(({ does, said }) => {
      const could = others.filter((one) => does.test(bodyOf(one, before)));
      return (
        could.length >= fewestOthers &&
        could.every((one) => said(docLines(one, before), languageId) !== undefined)
      );
    })
    .map(({ finding }) => finding);
}

function bodyOf({ body }: CodeUnit, text: string): string {
  return body ? text.slice(body.start, body.end) : '';
}

/** The lines of a comment without what frames them. */
function docLines({ doc }: CodeUnit, text: string): readonly string[] {
  if (!doc) return [];
  return text
    .slice(doc.start, doc.end)
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/\/?|#)?\s?/, ''));
}
