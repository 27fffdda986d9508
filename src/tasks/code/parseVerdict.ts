import type { Finding, Verdict } from '../../vocabulary/verdict.ts';
import type { CodePlan } from '../plan.ts';
import type { TaskTools } from '../tasks.ts';
import { failed, notChecked, notParsed, passed } from '../verdicts.ts';

export interface Parsed {
  readonly verdict: Verdict;
  /** The file had errors before and has none now: its trees can't be compared. */
  readonly mended?: true;
}

/** Lines between a diagnostic and the place where a parser stumbles over the same. */
const near = 1;

/**
 * Whether a change leaves the file parsing. A file that had errors before can't be judged, save where it is these that
 * are to be mended.
 */
export async function parseVerdict(
  { task, diagnostics = [] }: Pick<CodePlan, 'task' | 'diagnostics'>,
  languageId: string,
  before: string,
  after: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Parsed> {
  const was = await tools.code.parse({ languageId, text: before }, signal);
  const is = await tools.code.parse({ languageId, text: after }, signal);
  if (!was.ok || !is.ok)
    return {
      verdict: notParsed(languageId, before, was.ok ? (is.ok ? 'failed' : is.problem) : was.problem),
    };
  const [hadErrors] = was.value.errorLines;
  const [line] = is.value.errorLines;
  if (hadErrors === undefined) {
    const verdict =
      line === undefined
        ? passed({ code: 'parses', params: {} })
        : failed({ code: 'doesNotParse', params: { line } });
    return { verdict };
  }
  const unknown: Parsed = { verdict: notChecked({ code: 'fileHadErrors', params: { line: hadErrors } }) };
  if (task !== 'fix') return unknown;
  const ofSyntax = diagnostics.filter(
    (one) =>
      one.line === undefined ||
      was.value.errorLines.some((error) => Math.abs(error - (one.line ?? error)) <= near),
  );
  if (line === undefined) {
    const gone = ofSyntax.map(({ message }): Finding => ({ code: 'diagnosticGone', params: { message } }));
    return { verdict: passed({ code: 'parses', params: {} }, ...gone), mended: true };
  }
  if (ofSyntax.length === 0 || is.value.errorLines.length < was.value.errorLines.length) return unknown;
  return { verdict: failed({ code: 'doesNotParse', params: { line } }) };
}
