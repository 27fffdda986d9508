import type { CodeUnit } from '../code/code.ts';
import type { Result } from '../vocabulary/failure.ts';
import type { Span, Target } from '../vocabulary/request.ts';
import { lineAt, type Material } from './promptText.ts';
import type { TaskTools } from './tasks.ts';

/** The piece of the target that is meant: the selection, else the function at the cursor. */
export interface Focus {
  readonly span: Span;
  /** The unit around the span, where the language has a grammar and there is one. */
  readonly unit?: CodeUnit;
  readonly selected: boolean;
}

/** A whole file goes along only up to this many characters (about 4,000 tokens). */
const wholeFileLimit = 12_000;

export function isSelected(target: Target): boolean {
  return target.text.slice(target.selection.start, target.selection.end).trim() !== '';
}

/** Fails with `nothingSelected` where neither a selection nor a function at the cursor is there. */
export async function focusOf(
  target: Target,
  tools: TaskTools,
  signal: AbortSignal,
  wholeFile: 'allowed' | 'never',
): Promise<Result<Focus>> {
  if (target.partial) {
    if (target.text.trim() === '') return nothingSelected(target);
    return { ok: true, value: { span: { start: 0, end: target.text.length }, selected: true } };
  }
  const unit = await unitOf(target, tools, signal);
  if (isSelected(target)) return { ok: true, value: { span: target.selection, unit, selected: true } };
  if (unit) return { ok: true, value: { span: unit.span, unit, selected: false } };
  const { text } = target;
  if (
    wholeFile === 'allowed' &&
    text.trim() !== '' &&
    text.length <= wholeFileLimit &&
    tools.code.supports(target.languageId)
  ) {
    return { ok: true, value: { span: { start: 0, end: text.length }, selected: false } };
  }
  return nothingSelected(target);
}

function nothingSelected(target: Target): Result<Focus> {
  return {
    ok: false,
    failure: { code: 'nothingSelected', params: { languageId: target.languageId } },
  };
}

/** Undefined also where the code worker is broken: a selection can still be asked about. */
async function unitOf(target: Target, tools: TaskTools, signal: AbortSignal): Promise<CodeUnit | undefined> {
  if (!tools.code.supports(target.languageId)) return undefined;
  try {
    const found = await tools.code.unitAt(target, target.selection, signal);
    return found.ok ? found.value : undefined;
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

export function focusMaterial(target: Target, span: Span, label: string): Material {
  const start = target.text.lastIndexOf('\n', span.start - 1) + 1;
  const lead = target.text.slice(start, span.start);
  const from = lead.trim() === '' ? start : span.start;
  return {
    label,
    text: target.text.slice(from, span.end),
    languageId: target.languageId,
    path: target.path,
    name: target.uri.split('/').at(-1),
    line: target.partial ? undefined : lineAt(target.text, span.start),
  };
}
