import { askedText, type Request, type Target } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import type { Finding } from '../vocabulary/verdict.ts';
import { focusMaterial, focusOf, isSelected } from './focus.ts';
import { instructions } from './instructions.ts';
import type { RelayedPlan, TextPlan } from './plan.ts';
import {
  contextMaterial,
  fileName,
  localeLine,
  type Material,
  pathsOf,
  question,
  taskMessages,
} from './promptText.ts';
import { speaksOf } from './speaksOf.ts';
import type { Draft, Judge, Prepare } from './taskDefinition.ts';

/** Tasks that are about a piece of code: the function at the cursor goes along without being selected. */
const aboutCode: ReadonlySet<Task> = new Set(['explain', 'review', 'security', 'fix', 'edit', 'refactor']);

/** A task whose answer is text. */
export const prepareText: Prepare = async (task, request, tools, signal) => {
  const materials = contextMaterial(request);
  const written = request.messages.some(
    (message) =>
      message.role === 'user' &&
      message.parts.some((part) => part.type === 'text' && part.text.trim() !== ''),
  );
  const { target } = request;
  if (target && (isSelected(target) || (aboutCode.has(task) && isMeant(task, request, target)))) {
    const focus = await focusOf(target, tools, signal, 'allowed');
    if (focus.ok) {
      const label = focus.value.selected ? 'Selected code' : 'Code';
      const piece = focusMaterial(target, focus.value.span, label);
      if (!materials.some((item) => item.text.trim() === piece.text.trim())) materials.push(piece);
    } else if (materials.length === 0 && (request.surface === 'command' || !written)) return focus;
  }
  if (materials.length === 0 && !written) {
    return { ok: false, failure: { code: 'nothingToWorkOn', params: { task } } };
  }
  return { ok: true, value: textDraft(task, request, materials) };
};

/** Tasks that can be asked of no code at all: what a mutex is, where to keep a token. */
const mayBeGeneral: ReadonlySet<Task> = new Set(['explain', 'security']);

/** A command means the code at the cursor; so does a question that speaks of it. */
function isMeant(task: Task, request: Request, target: Target): boolean {
  if (request.task !== undefined || request.surface !== 'chat' || !mayBeGeneral.has(task)) return true;
  return speaksOf(askedText(request), target.text);
}

interface DraftOptions {
  /** Why nothing of the answer is checked as code, where code was asked for. */
  readonly unchecked?: Finding;
  /** What is asked, where that is more than the developer's words. */
  readonly asked?: string;
}

/** A draft whose answer is shown as it comes. */
export function textDraft(
  task: Task,
  request: Request,
  materials: readonly Material[],
  { unchecked, asked = question(task, request) }: DraftOptions = {},
): Draft {
  const locale = localeLine(request);
  return {
    task,
    messages: taskMessages(task, request, materials, locale ? `${asked}\n${locale}` : asked),
    held: false,
    outputTokens: instructions[task].outputTokens,
    paths: pathsOf(materials),
    plan: { ...textPlan(task, request, materials, asked), ...(unchecked && { unchecked }) },
  };
}

function textPlan(task: Task, request: Request, materials: readonly Material[], asked: string): TextPlan {
  const { target } = request;
  const whole = target && materials.some(({ path, name }) => path === target.path && name !== undefined);
  const before = request.messages.slice(0, -1).flatMap(({ parts }) => parts);
  return {
    form: 'text',
    task,
    asked,
    given: materials.map(({ text, languageId, name, path, line }) => ({
      text,
      languageId,
      name: path ? fileName(path) : name,
      line,
    })),
    ...(whole ? { file: target.text } : {}),
    earlier: before.flatMap((part) => (part.type === 'text' ? [part.text] : [])),
    ...(localeLine(request) === undefined ? {} : { locale: request.locale }),
  };
}

/** A caller's own conversation goes through as it is: its system text, its tools, its turns. */
export const prepareRelayed: Prepare = async (task, request) => ({
  ok: true,
  value: {
    task,
    messages: request.messages,
    held: false,
    outputTokens: 8000,
    paths: pathsOf(contextMaterial(request)),
    plan: { form: 'relayed' },
  },
});

export const judgeRelayed: Judge<RelayedPlan> = async (_plan, answer) => ({
  verdict: { kind: 'notChecked', findings: [{ code: 'nothingToCheck', params: {} }] },
  text: answer,
});
