import type { Result } from '../vocabulary/failure.ts';
import type { Diagnostic } from '../vocabulary/ports.ts';
import { askedText, type Request, type Target } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import type { Finding, Verdict } from '../vocabulary/verdict.ts';
import { type CodeBlock, codeBlocks, fencedBlocks, mayBe } from './answerCode.ts';
import { cleanAnswer, isLoop, uselessness } from './answerText.ts';
import { codeFaults } from './code/codeFaults.ts';
import { type CodePlace, type Placed, patchedPlace, placedCode } from './code/codePlace.ts';
import { type Parsed, parseVerdict } from './code/parseVerdict.ts';
import { type Focus, focusMaterial, focusOf } from './focus.ts';
import { instructions } from './instructions.ts';
import { onlyAdds } from './patch.ts';
import type { CodePlan } from './plan.ts';
import { contextMaterial, fenced, lineAt, pathsOf, question, taskMessages } from './promptText.ts';
import type { Judge, Prepare } from './taskDefinition.ts';
import type { TaskTools } from './tasks.ts';
import { prepareText, textDraft } from './textTask.ts';
import { type AskedDiagnostic, askTypes, warmTypes } from './types/askTypes.ts';
import { failed } from './verdicts.ts';

const changes: ReadonlySet<Task> = new Set(['fix', 'edit', 'refactor']);

/** Code is written or a piece of the target is changed: `fix`, `edit`, `refactor`, `generate`. */
export const prepareCode: Prepare = async (task, request, tools, signal) => {
  const { target } = request;
  const whole = target && !target.partial ? target : undefined;
  // In a shell the file and the line say where new code goes, in an editor the cursor does; in chat it is shown.
  const here = task === 'generate' && request.surface === 'command';
  const placing = whole && (here || (request.surface === 'cli' && whole.path !== undefined));
  const found =
    whole && (changes.has(task) || placing) ? await focusOf(whole, tools, signal, 'never') : undefined;
  const focus = found && !found.ok && whole && task === 'fix' ? reportedFocus(request, whole, found) : found;
  const inserts = placing && (task === 'generate' || !focus?.ok);
  if (!whole || inserts || !focus?.ok) {
    const drafted =
      here && whole
        ? { ok: true as const, value: draftHere(task, request, whole) }
        : await prepareText(task, request, tools, signal);
    const replace = whole && inserts ? placeOf(whole, focus?.ok ? focus.value : undefined) : undefined;
    if (!drafted.ok && !replace) return drafted;
    const draft = drafted.ok ? drafted.value : textDraft(task, request, contextMaterial(request));
    if (whole && replace) warmTypes(fileOf(whole), tools);
    const plan: CodePlan = {
      form: 'code',
      task,
      asked: askedText(request),
      languageId: target?.languageId,
      ...(replace && { replace }),
    };
    return { ok: true, value: { ...draft, held: true, plan } };
  }
  warmTypes(fileOf(whole), tools);
  const { span, unit, selected } = focus.value;
  const piece = focusMaterial(whole, span, 'The code to change');
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
        task,
        asked: askedText(request),
        languageId: whole.languageId,
        replace: {
          uri: whole.uri,
          path: whole.path,
          folder: whole.folder,
          before: whole.text,
          span,
          unit: selected ? undefined : unit,
        },
        ...(task === 'fix' && { diagnostics: diagnosticsOf(request) }),
      },
    },
  };
};

function fileOf({ path, folder, languageId, text }: Target) {
  return { path, folder, languageId, before: text };
}

/** What the editor complains of in the file that is to be mended. */
function diagnosticsOf({ context, target }: Request): AskedDiagnostic[] {
  return context
    .filter(({ kind, uri }) => kind === 'diagnostic' && (uri === undefined || uri === target?.uri))
    .map(({ text, line }) => ({ message: text, ...(line === undefined ? {} : { line }) }));
}

/** Outside of every function the lines that the editor reports are what is to be mended. */
function reportedFocus(request: Request, target: Target, otherwise: Result<Focus>): Result<Focus> {
  const lines = request.context.flatMap(({ kind, uri, line }) =>
    kind === 'diagnostic' && uri === target.uri && line !== undefined ? [line - 1] : [],
  );
  if (lines.length === 0) return otherwise;
  const starts = [0, ...[...target.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const start = starts[Math.min(...lines)];
  if (start === undefined) return otherwise;
  const end = starts[Math.max(...lines) + 1];
  const span = { start, end: end === undefined ? target.text.length : end - 1 };
  return { ok: true, value: { span, selected: true } };
}

/** Characters of the file that a model sees before and after the place of new code. */
const around = { before: 6_000, after: 2_000 } as const;

/** New code at the cursor: what stands before it and after it goes along. */
function draftHere(task: Task, request: Request, target: Target) {
  const at = target.selection.start;
  const from = at > around.before ? target.text.indexOf('\n', at - around.before) + 1 : 0;
  const rest = target.text.slice(at, at + around.after);
  const to = at + around.after < target.text.length ? at + rest.lastIndexOf('\n') + 1 : target.text.length;
  const materials = [
    ...contextMaterial(request),
    ...[focusMaterial(target, { start: from, end: at }, 'The file up to the place of the new code')],
    ...[focusMaterial(target, { start: at, end: Math.max(at, to) }, 'The file after it')],
  ].filter(({ text }) => text.trim() !== '');
  const asked = `${question(task, request)}\nAnswer with the new code alone in one fenced code block. What stands in the file already must not be repeated.`;
  return textDraft(task, request, materials, { asked });
}

/** Where new code goes: the function at the line, if the answer holds it, else the line itself. */
function placeOf(target: Target, focus: Focus | undefined): CodePlace {
  const { uri, path, folder, text: before, selection } = target;
  const unit = focus?.unit;
  const beginsHere = unit && lineAt(before, unit.span.start) === lineAt(before, selection.start);
  return {
    uri,
    path,
    folder,
    before,
    span: { start: selection.start, end: selection.start },
    insert: true,
    ...(beginsHere && { unit }),
  };
}

export const judgeCode: Judge<CodePlan> = async (plan, answer, tools, signal, standing) => {
  const useless = uselessness(answer);
  if (useless) return { verdict: { kind: 'failed', findings: [useless] }, text: answer };
  if (!plan.replace || !plan.languageId) return judgeShown(answer, tools, signal);
  const { replace, languageId } = plan;
  const blocks = codeBlocks(answer, languageId);
  const block = bestBlock(blocks, languageId);
  if (!block) {
    const language = blocks[0]?.info;
    const finding: Finding = language
      ? { code: 'otherLanguage', params: { language } }
      : { code: isLoop(cleanAnswer(answer)) ? 'repeats' : 'noCode', params: {} };
    return { verdict: failed(finding), text: answer };
  }
  // A diff that takes something away or shows what stays means the file as it is; one that only adds is the code.
  const { patch } = block;
  const placed =
    patch === undefined || onlyAdds(patch)
      ? await placedCode(replace, block.text, languageId, tools, signal)
      : patchedPlace(replace, patch);
  if (!placed) return { verdict: failed({ code: 'patchMisfit', params: {} }), text: answer };
  const { after, piece } = placed;
  const parsed: Parsed = block.closed
    ? await parseVerdict(plan, languageId, replace.before, after, tools, signal)
    : { verdict: failed({ code: 'cutShort', params: {} }) };
  let { verdict } = parsed;
  const text = fenced(piece, languageId);
  // What leaves the file broken is nothing to accept.
  if (verdict.kind === 'failed') return { verdict, text };
  if (verdict.kind === 'passed') {
    const mayRename = renames.test(plan.asked);
    const found = await codeFaults(plan.task, replace, placed, languageId, mayRename, tools, signal);
    const faults = parsed.mended ? found.filter(({ code }) => code === 'codeLeftOut') : found;
    if (faults.some(({ code }) => code === 'codeLeftOut')) return { verdict: failed(...faults), text };
    if (faults.length > 0) verdict = failed(...faults);
    const { path, folder, before } = replace;
    if (verdict.kind === 'passed') for (const one of verdict.findings) standing.tell?.({ found: one });
    const asked = {
      change: { path, folder, languageId, before, after },
      diagnostics: plan.diagnostics ?? [],
      // Who asks for another signature or type knows that what calls it has to follow.
      counts: (error: Diagnostic) => !(mayRename || retypes.test(plan.asked)) || isWithin(error, placed),
    };
    verdict = await askTypes(verdict, asked, tools, signal, standing);
  }
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

function isWithin({ line, path }: Diagnostic, { after, span }: Placed): boolean {
  return path === undefined && line >= lineAt(after, span.start) && line <= lineAt(after, span.end);
}

/** Words of somebody who wants a name, a signature or a piece of code to go. */
const renames =
  /\b(?:re-?nam|sign|name|call(?:ed)? it|remov|delet|drop|replac|split|extract|mov|export|public|private|unexport|empty|stub|parameter|argument|umbenenn|lösch|entfern|renomm|supprim|elimin)/i;

/** Words of somebody who wants another type in or out: what calls it has to follow. */
const retypes =
  /\b(?:async|await|promise|returns?|returning|types?|typed|accepts?|takes?|option(?:al|s)?|null(?:able)?|undefined|throws?|generic|arrays?|lists?|maps?|sets?|objects?|strings?|numbers?|booleans?)\b/i;

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
