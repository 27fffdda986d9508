import type { CodeUnit } from '../../code/code.ts';
import type { Finding, Verdict } from '../../vocabulary/verdict.ts';
import { cleanAnswer, isLoop, uselessness } from '../answerText.ts';
import { fenced } from '../promptText.ts';
import type { Judge } from '../taskDefinition.ts';
import type { Judged, TaskTools } from '../tasks.ts';
import { failed, notChecked, notParsed, passed } from '../verdicts.ts';
import { commentOf, type Named } from './answerComment.ts';
import { codeBesideFault } from './codeBeside.ts';
import { commentFaults, documentedNames } from './commentChecks.ts';
import { type CommentForm, commentForm } from './commentForm.ts';
import type { DocumentPlan } from './documentPlan.ts';
import { leftOut } from './leftOut.ts';
import { framed, placed, writtenComment } from './placeComment.ts';

/** Reduces an answer to the comment, puts it in its place and checks that nothing else changed. */
export const judgeDocument: Judge<DocumentPlan> = async (plan, answer, tools, signal) => {
  const useless = uselessness(answer);
  if (useless) return { verdict: failed(useless), text: answer };
  const { languageId, unit } = plan;
  const form = commentForm(languageId) ?? guessedForm(answer);
  const body = commentOf(answer, form, languageId, unit && namedOf(unit, plan.before));
  if (!body.ok) {
    const finding: Finding = isLoop(cleanAnswer(answer)) ? { code: 'repeats', params: {} } : body.finding;
    return { verdict: failed(finding), text: answer };
  }
  const lines = framed(body.lines, form, languageId, unit);
  const comment = writtenComment(lines, form);
  const text = fenced(comment.join('\n'), languageId);
  if (plan.partial) {
    const bytes = new TextEncoder().encode(plan.before).length;
    return { verdict: notChecked({ code: 'tooLargeToParse', params: { bytes } }), text };
  }
  const after = placed(plan, comment, form);
  if (!unit) {
    return propose(plan, after, notChecked({ code: 'noGrammar', params: { languageId } }), text);
  }
  const faults = commentFaults(lines, languageId, unit, plan.before);
  // An empty form or a model's talk is nothing that anybody would accept.
  if (faults[0] && worthless.has(faults[0].code)) return { verdict: failed(...faults), text };
  const verdict = await programVerdict(plan, after, tools, signal);
  if (verdict.kind === 'failed') return { verdict, text };
  const beside = await codeBesideFault(plan, answer, tools, signal);
  if (beside) return propose(plan, after, failed(beside, ...faults), text);
  if (faults.length > 0) return propose(plan, after, failed(...faults), text);
  if (verdict.kind === 'notChecked') return propose(plan, after, verdict, text);
  const missing = await leftOut(plan, unit, lines, tools, signal);
  if (missing.length > 0) return propose(plan, after, failed(...missing), text);
  const described = describedIn(lines, languageId, unit);
  const params: Finding[] = described > 0 ? [{ code: 'paramsDocumented', params: { count: described } }] : [];
  return propose(plan, after, passed(...verdict.findings, ...params), text);
};

/** How many parameters a right comment tells of: Go's and most of Rust's tell of none by name. */
function describedIn(lines: readonly string[], languageId: string, unit: CodeUnit): number {
  if (unit.kind === 'class' || languageId === 'go') return 0;
  return languageId === 'rust' ? documentedNames(lines, languageId).length : unit.parameters.length;
}

function namedOf(unit: CodeUnit, text: string): Named {
  const head = text.slice(unit.signature.start, unit.signature.end);
  return { name: unit.name, isClass: unit.kind === 'class', head };
}

const worthless: ReadonlySet<Finding['code']> = new Set([
  'emptyAnswer',
  'placeholder',
  'promptLeftover',
  'refusal',
]);

function propose(plan: DocumentPlan, after: string, verdict: Verdict, text: string): Judged {
  const { uri, path, before } = plan;
  return { verdict, text, proposal: { uri, path, before, after, verdict, openBeside: false } };
}

/** Whether the program is the same once comments are gone; a file that does not parse can't tell. */
async function programVerdict(
  plan: DocumentPlan,
  after: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Verdict> {
  const { languageId, before } = plan;
  const was = { languageId, text: before };
  const is = { languageId, text: after };
  try {
    const parsed = await tools.code.parse(was, signal);
    if (!parsed.ok) return notParsed(languageId, before, parsed.problem);
    const compared = await tools.code.sameProgram(was, is, signal);
    if (!compared.ok) return notParsed(languageId, after, compared.problem);
    if (!compared.value.same)
      return failed({ code: 'programChanged', params: { line: compared.value.line } });
    const line = parsed.value.errorLines[0];
    if (line !== undefined) return notChecked({ code: 'fileHadErrors', params: { line } });
    return passed({ code: 'sameProgram', params: {} });
  } catch (error) {
    if (signal.aborted) throw error;
    return notChecked({ code: 'verifierFailed', params: { detail: 'parser' } });
  }
}

/** For a language that Maia does not know: the comment's form is the one that the model used. */
function guessedForm(answer: string): CommentForm {
  if (/\/\*\*?[\s\S]*?\*\//.test(answer)) return { kind: 'block', name: '', mark: '' };
  const mark = /^[ \t]*(\/\/\/?|#|--|;;?|%%?)(?=\s)/m.exec(answer)?.[1] ?? '#';
  return { kind: 'lines', name: '', mark };
}
