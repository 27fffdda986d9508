import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic, ProposedText } from '../../vocabulary/ports.ts';
import type { Finding, Verdict } from '../../vocabulary/verdict.ts';
import type { Standing, TaskTools } from '../tasks.ts';
import { failed } from '../verdicts.ts';
import { isGone, newErrors } from './newErrors.ts';

/** A diagnostic that a request was about. */
export interface AskedDiagnostic {
  readonly message: string;
  /** 1-based, in the text before. */
  readonly line?: number;
}

export interface TypesAsked {
  /** A whole file; one that lies in no folder is asked nobody about. */
  readonly change: Omit<ProposedText, 'path'> & { readonly path?: string };
  /** Which of the new errors count; all by default. */
  readonly counts?: (error: Diagnostic) => boolean;
  readonly diagnostics?: readonly AskedDiagnostic[];
}

const mostTold = 5;
/** What a developer of plain JavaScript has never asked for is not told as missing. */
const ofTypeScript: ReadonlySet<string> = new Set(['noCompiler', 'noProject']);

/**
 * Has the language's own checker look at a change whose verdict so far is `passed`: an error that was not there before
 * makes it `failed`; that nobody could be asked is said beside what passed.
 */
export async function askTypes(
  verdict: Verdict,
  { change, counts = () => true, diagnostics = [] }: TypesAsked,
  tools: TaskTools,
  signal: AbortSignal,
  standing: Standing,
): Promise<Verdict> {
  const { checker } = tools;
  const { path, folder, languageId } = change;
  if (verdict.kind !== 'passed' || path === undefined || folder === undefined) return verdict;
  if (!checker?.supports(languageId)) return verdict;
  standing.tell?.({ doing: 'types' });
  const answer = await checker.diagnose({ ...change, path }, signal);
  if (!answer.asked) {
    if (languageId.startsWith('javascript') && ofTypeScript.has(answer.why)) return verdict;
    return { kind: 'passed', findings: [...verdict.findings, notAsked(answer.why)] };
  }
  const { before, after } = answer;
  const texts = { before: change.before ?? '', after: change.after };
  const asked = diagnostics.flatMap((one) => {
    const known = before.find((was) => isSame(was, one));
    return known ? [known] : [];
  });
  const staying = asked.filter((one) => !isGone(one, before, after));
  // What was to be mended is no excuse for another of its kind.
  const fresh = newErrors(
    before.filter((one) => !asked.includes(one) || staying.includes(one)),
    after,
    texts,
  );
  const faults: Finding[] = [
    ...staying.map((one): Finding => ({ code: 'diagnosticStays', params: { message: one.message } })),
    ...fresh.filter(counts).map(typeError),
  ];
  if (faults.length > 0) return failed(...faults.slice(0, mostTold));
  const found: readonly Finding[] = [
    ...(fresh.length > 0 ? [] : [{ code: 'typesAgree', params: {} } as const]),
    ...asked.map((one): Finding => ({ code: 'diagnosticGone', params: { message: one.message } })),
  ].filter((one) => !verdict.findings.some((known) => isDeepStrictEqual(known, one)));
  for (const one of found) standing.tell?.({ found: one });
  return { kind: 'passed', findings: [...verdict.findings, ...found] };
}

/** Has the project made ready while a model writes. */
export function warmTypes(change: Omit<TypesAsked['change'], 'after'>, { checker }: TaskTools): void {
  const { path, folder, languageId } = change;
  if (path !== undefined && folder !== undefined && checker?.supports(languageId))
    checker.warm({ ...change, path });
}

function notAsked(why: Extract<Finding, { code: 'typesNotAsked' }>['params']['why']): Finding {
  return { code: 'typesNotAsked', params: { why } };
}

function typeError({ message, line, path }: Diagnostic): Finding {
  if (path !== undefined) return { code: 'typeError', params: { message: `${path}: ${message}` } };
  return { code: 'typeError', params: { message }, line };
}

/** An editor tells of a diagnostic as the compiler does, at the same line. */
function isSame(was: Diagnostic, { message, line }: AskedDiagnostic): boolean {
  if (was.path !== undefined || (line !== undefined && was.line !== line)) return false;
  const first = (text: string) => text.trim().split('\n')[0];
  return first(was.message) === first(message);
}
