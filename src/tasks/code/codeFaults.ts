import type { CodeUnit } from '../../code/code.ts';
import type { Task } from '../../vocabulary/task.ts';
import type { Finding } from '../../vocabulary/verdict.ts';
import { lineAt } from '../promptText.ts';
import type { TaskTools } from '../tasks.ts';
import type { CodePlace, Placed } from './codePlace.ts';

/** What code that parses gets wrong in the file where it goes; empty where nothing is. */
export async function codeFaults(
  task: Task,
  place: CodePlace,
  placed: Placed,
  languageId: string,
  mayRename: boolean,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { before } = place;
  const { after, span } = placed;
  const left = leftOut(before, after, span.start, span.end);
  if (left) return [left];
  const was = await tools.code.units({ languageId, text: before }, signal);
  const is = await tools.code.units({ languageId, text: after }, signal);
  const known = [...new Set(before.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [])];
  const strange = await tools.code.undeclared({ languageId, text: after }, span, known, signal);
  const undefinedNames = (strange.ok ? strange.value : []).map(
    (name): Finding => ({ code: 'undefinedName', params: { name } }),
  );
  if (!was.ok || !is.ok) return undefinedNames;
  return [
    ...signatureFaults(task, place, placed, is.value, mayRename),
    ...(placed.form === 'file' ? goneFaults(before, after, was.value, is.value, place.unit, mayRename) : []),
    ...undefinedNames,
  ];
}

const dots = /^\s*(?:\/\/|#|\/\*+|\*|--|<!--|\{\/\*)\s*(?:\.\.\.|…)/;
const words =
  /(?:\/\/|#|\/\*|\*)[^\n]{0,40}(?:\brest of (?:the |your )?(?:code|function|file|class|implementation|method|logic)|\b(?:existing|remaining|unchanged|previous|original) (?:code|implementation|logic|methods|functions)\b|\bremains? (?:the same|unchanged)|\bsame as (?:before|above)|\b(?:your |actual )?(?:code|implementation|logic) (?:goes )?here\b|\bimplement (?:this|the (?:function|logic)|me)\b)/i;
const bare = /^\s*(?:\.\.\.|…|<your code(?: here)?>)\s*$/;

/** A remark in place of code that was there. */
function leftOut(before: string, after: string, start: number, end: number): Finding | undefined {
  const there = new Set(before.split('\n').map((line) => line.trim()));
  let at = start;
  for (const line of after.slice(start, end).split('\n')) {
    if (!there.has(line.trim()) && (dots.test(line) || words.test(line) || bare.test(line)))
      return { code: 'codeLeftOut', params: { line: lineAt(after, at) } };
    at += line.length + 1;
  }
  return undefined;
}

/** The function that was meant has to be there still: as it was called, taken and offered. */
function signatureFaults(
  task: Task,
  { unit, insert }: CodePlace,
  placed: Placed,
  units: readonly CodeUnit[],
  mayRename: boolean,
): Finding[] {
  if (!unit || (insert && placed.form === 'piece')) return [];
  const now = units
    .filter((one) => one.name === unit.name && one.kind === unit.kind && one.owner === unit.owner)
    .toSorted((a, b) => Math.abs(a.span.start - unit.span.start) - Math.abs(b.span.start - unit.span.start));
  const changed: Finding = { code: 'signatureChanged', params: { name: unit.name } };
  const strict = task === 'fix' || task === 'refactor';
  if (now.length === 0) return mayRename && !strict ? [] : [changed];
  if (!now.some((one) => one.exported === unit.exported)) return [changed];
  if (strict && !now.some((one) => signature(one) === signature(unit))) return [changed];
  const hollow = now.every((one) => isHollow(placed.after, one));
  return hollow && (unit.body?.end ?? 0) - (unit.body?.start ?? 0) > 20 && !mayRename
    ? [{ code: 'codeLeftOut', params: { line: lineAt(placed.after, now[0]?.span.start ?? 0) } }]
    : [];
}

function signature({ parameters, async, kind }: CodeUnit): string {
  if (kind === 'class') return '';
  return `${async} ${parameters.map(({ name, rest }) => `${rest ? '...' : ''}${name}`).join()}`;
}

/** A body that does nothing, or only says that it is still to be written. */
function isHollow(text: string, unit: CodeUnit): boolean {
  if (!unit.body) return false;
  const body = text
    .slice(unit.body.start, unit.body.end)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|#[^\n]*|"""[\s\S]*?"""/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return /^\{? ?(?:pass|\.\.\.|throw new \w*Error\(['"`](?:not implemented|todo)[^)]*\);?|raise NotImplementedError(?:\([^)]*\))?|todo!\(\)|unimplemented!\(\))? ?\}?$/i.test(
    body,
  );
}

/** What a whole file no longer offers. */
function goneFaults(
  before: string,
  after: string,
  was: readonly CodeUnit[],
  is: readonly CodeUnit[],
  unit: CodeUnit | undefined,
  mayRename: boolean,
): Finding[] {
  const key = (one: CodeUnit) => `${one.owner ?? ''}.${one.name}.${one.exported}`;
  const there = new Set(is.map(key));
  const isNested = (one: CodeUnit) =>
    was.some(
      (o) => o !== one && o.kind !== 'class' && o.span.start <= one.span.start && o.span.end >= one.span.end,
    );
  const gone = was
    .filter((one) => !there.has(key(one)) && !isNested(one) && one.name !== unit?.name)
    .map((one) => one.name);
  const offered = (text: string) =>
    [...text.matchAll(/^export\s+(?:default\s+)?(?:const|let|var|type|interface|enum)\s+([\w$]+)/gm)].map(
      (found) => found[1] ?? '',
    );
  const now = new Set(offered(after));
  const missing = [...gone, ...offered(before).filter((name) => !now.has(name))];
  return mayRename
    ? []
    : [...new Set(missing)].map((name): Finding => ({ code: 'exportMissing', params: { name } }));
}
