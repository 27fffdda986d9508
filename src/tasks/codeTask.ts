import type { CodeUnit } from '../code/code.ts';
import type { Span } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import { type CodeBlock, codeBlocks, fencedBlocks, mayBe } from './answerCode.ts';
import { cleanAnswer, uselessness } from './answerText.ts';
import { focusMaterial, focusOf } from './focus.ts';
import { instructions } from './instructions.ts';
import type { CodePlan, CommitPlan } from './plan.ts';
import { contextMaterial, fenced, pathsOf, question, taskMessages } from './promptText.ts';
import type { Judge, Prepare } from './taskDefinition.ts';
import type { TaskTools } from './tasks.ts';
import { prepareText } from './textTask.ts';
import { failed, notChecked, notParsed, passed } from './verdicts.ts';

const changes: ReadonlySet<Task> = new Set(['fix', 'edit', 'refactor']);

/** Code is written or a piece of the target is changed: `fix`, `edit`, `refactor`, `generate`. */
export const prepareCode: Prepare = async (task, request, tools, signal) => {
  const { target } = request;
  const focus =
    target && changes.has(task) && !target.partial
      ? await focusOf(target, tools, signal, 'never')
      : undefined;
  if (!target || !focus?.ok) {
    const drafted = await prepareText(task, request, tools, signal);
    if (!drafted.ok) return drafted;
    return {
      ok: true,
      value: { ...drafted.value, held: true, plan: { form: 'code', languageId: target?.languageId } },
    };
  }
  const { span, unit, selected } = focus.value;
  const piece = focusMaterial(target, span, 'The code to change');
  const materials = [
    ...contextMaterial(request).filter((item) => item.text.trim() !== piece.text.trim()),
    piece,
  ];
  const asked = `${question(task, request)}\nAnswer with the whole changed piece in one fenced code block, and no other words.`;
  return {
    ok: true,
    value: {
      task,
      messages: taskMessages(task, request, materials, asked),
      held: true,
      outputTokens: instructions[task].outputTokens,
      paths: pathsOf(materials),
      plan: {
        form: 'code',
        languageId: target.languageId,
        replace: {
          uri: target.uri,
          path: target.path,
          before: target.text,
          span,
          unit: selected ? undefined : unit,
        },
      },
    },
  };
};

export const judgeCode: Judge<CodePlan> = async (plan, answer, tools, signal) => {
  const useless = uselessness(answer);
  if (useless) return { verdict: { kind: 'failed', findings: [useless] }, text: answer };
  if (!plan.replace || !plan.languageId) return judgeShown(answer, tools, signal);
  const { replace, languageId } = plan;
  const block = bestBlock(codeBlocks(answer, languageId), languageId);
  if (!block)
    return { verdict: { kind: 'failed', findings: [{ code: 'noCode', params: {} }] }, text: answer };
  const piece = await pieceOf(block.text, replace.unit, languageId, tools, signal);
  const after = replaceSpan(replace.before, replace.span, piece);
  const verdict = block.closed
    ? await parseVerdict(languageId, replace.before, after, tools, signal)
    : failed({ code: 'cutShort', params: {} });
  const text = fenced(piece, languageId);
  // What leaves the file broken is nothing to accept.
  if (verdict.kind === 'failed') return { verdict, text };
  return {
    verdict,
    text,
    proposal: {
      uri: replace.uri,
      path: replace.path,
      before: replace.before,
      after,
      verdict,
      openBeside: false,
    },
  };
};

/** Code that is only shown: every fenced block in a language with a grammar has to parse. */
async function judgeShown(answer: string, tools: TaskTools, signal: AbortSignal) {
  const blocks = fencedBlocks(answer);
  if (blocks.some((block) => !block.closed)) {
    return { verdict: failed({ code: 'cutShort', params: {} }), text: answer };
  }
  let checked = 0;
  for (const block of blocks) {
    const languageId = languageOf(block.info);
    if (!languageId || !tools.code.supports(languageId)) continue;
    const line = await errorLine(languageId, block.text, tools, signal);
    if (line === undefined) continue;
    checked += 1;
    if (line > 0) return { verdict: failed({ code: 'doesNotParse', params: { line } }), text: answer };
  }
  const verdict: Verdict =
    checked > 0
      ? { kind: 'passed', findings: [{ code: 'parses', params: {} }] }
      : { kind: 'notChecked', findings: [{ code: 'nothingToCheck', params: {} }] };
  return { verdict, text: answer };
}

/** 1-based line of the first error, 0 where there is none; undefined where nobody can say. */
async function errorLine(
  languageId: string,
  text: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<number | undefined> {
  const parsed = await tools.code.parse({ languageId, text }, signal);
  if (!parsed.ok) return undefined;
  const line = parsed.value.errorLines[0] ?? 0;
  // A fence often says `js` where the code has types or elements.
  const wider = { javascript: 'typescript', typescript: 'typescriptreact' }[languageId];
  return line > 0 && wider ? ((await errorLine(wider, text, tools, signal)) === 0 ? 0 : line) : line;
}

const fenceLanguages: Readonly<Record<string, string>> = {
  typescript: 'typescript',
  ts: 'typescript',
  tsx: 'typescriptreact',
  javascript: 'javascript',
  js: 'javascript',
  jsx: 'javascriptreact',
  python: 'python',
  py: 'python',
  go: 'go',
  golang: 'go',
  java: 'java',
  csharp: 'csharp',
  cs: 'csharp',
  'c#': 'csharp',
  rust: 'rust',
  rs: 'rust',
  ruby: 'ruby',
  rb: 'ruby',
  cpp: 'cpp',
  'c++': 'cpp',
  c: 'c',
};

export function languageOf(info: string): string | undefined {
  return fenceLanguages[info];
}

/** The longest block that can be in the language. */
function bestBlock(blocks: readonly CodeBlock[], languageId: string): CodeBlock | undefined {
  return blocks
    .filter((block) => mayBe(block, languageId))
    .toSorted((a, b) => b.text.length - a.text.length)[0];
}

/** Of a whole file that came where one function was asked for, the function. */
async function pieceOf(
  text: string,
  unit: CodeUnit | undefined,
  languageId: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<string> {
  if (!unit) return text;
  const found = await tools.code.units({ languageId, text }, signal);
  const same = found.ok
    ? found.value.find((one) => one.name === unit.name && one.kind === unit.kind)
    : undefined;
  return same
    ? text.slice(Math.min(same.span.start, same.doc?.start ?? same.span.start), same.span.end)
    : text;
}

/** Puts a piece into a text in the text's own line ends and at the indent of what it replaces. */
export function replaceSpan(text: string, span: Span, piece: string): string {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const own = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const atLineStart = text.slice(lineStart, span.start).trim() === '';
  const lines = piece.split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const common =
    filled.map((line) => /^[ \t]*/.exec(line)?.[0] ?? '').toSorted((a, b) => a.length - b.length)[0] ?? '';
  const moved = lines.map((line) => (line.trim() === '' ? '' : own + line.slice(common.length)));
  if (!atLineStart) moved[0] = (moved[0] ?? '').trimStart();
  const from = atLineStart ? lineStart : span.start;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const endsLine = text.slice(span.start, span.end).endsWith('\n') ? eol : '';
  return text.slice(0, from) + moved.join(eol) + endsLine + text.slice(span.end);
}

/** Whether a change leaves the file parsing; a file that had errors before can't be judged. */
async function parseVerdict(
  languageId: string,
  before: string,
  after: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Verdict> {
  const was = await tools.code.parse({ languageId, text: before }, signal);
  const is = await tools.code.parse({ languageId, text: after }, signal);
  if (!was.ok || !is.ok)
    return notParsed(languageId, before, was.ok ? (is.ok ? 'failed' : is.problem) : was.problem);
  const hadErrors = was.value.errorLines[0];
  if (hadErrors !== undefined) return notChecked({ code: 'fileHadErrors', params: { line: hadErrors } });
  const line = is.value.errorLines[0];
  if (line !== undefined) return failed({ code: 'doesNotParse', params: { line } });
  return passed({ code: 'parses', params: {} });
}

/** A message for the change that the context or the developer's words show. */
export const prepareCommit: Prepare = async (task, request, tools, signal) => {
  const drafted = await prepareText(task, request, tools, signal);
  if (!drafted.ok) return drafted;
  return { ok: true, value: { ...drafted.value, held: true, plan: { form: 'commit' } } };
};

/** The message alone, out of a fence or behind a remark about it. */
export const judgeCommit: Judge<CommitPlan> = async (_plan, answer) => {
  const useless = uselessness(answer);
  if (useless) return { verdict: failed(useless), text: answer };
  const message = (fencedBlocks(answer)[0]?.text ?? cleanAnswer(answer)).trim();
  const text = message.replace(/^(sure|here)\b[^\n]*:\n+/i, '').replace(/^["'`](.*)["'`]$/s, '$1');
  return { verdict: notChecked({ code: 'nothingToCheck', params: {} }), text: text.trim() };
};
