import type { CodeUnit } from '../../code/code.ts';
import type { Task } from '../../vocabulary/task.ts';
import type { Finding } from '../../vocabulary/verdict.ts';
import { lineAt } from '../promptText.ts';
import type { TaskTools } from '../tasks.ts';
import type { CodePlace, Placed } from './codePlace.ts';
import { lostParameters } from './lostParameters.ts';
import { packageNames } from './packageNames.ts';

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
  // What the file used before without declaring it comes from elsewhere.
  const old = placed.form === 'file' ? { start: 0, end: before.length } : (place.unit?.span ?? place.span);
  const known = await tools.code.undeclared({ languageId, text: before }, old, [], signal);
  const names = known.ok ? known.value : [];
  const strange = await tools.code.undeclared({ languageId, text: after }, span, names, signal);
  const found = known.ok && strange.ok ? strange.value : [];
  const elsewhere = await packageNames(place.path, languageId, found, tools.files, signal);
  const undefinedNames: Finding[] = found
    .filter((name) => !elsewhere.has(name))
    .slice(0, 5)
    .map((name): Finding => ({ code: 'undefinedName', params: { name } }));
  if (!was.ok || !is.ok) return undefinedNames;
  const lost = [
    ...(await lostNames(place, after, is.value, languageId, tools, signal)),
    ...(await parametersLost(place, after, was.value, is.value, languageId, tools, signal)),
  ];
  for (const name of lost)
    if (!undefinedNames.some((one) => 'name' in one.params && one.params.name === name))
      undefinedNames.push({ code: 'undefinedName', params: { name } });
  return [
    ...signatureFaults(task, place, placed, is.value, mayRename),
    ...(placed.form === 'file' ? goneFaults(before, after, was.value, is.value, place.unit, mayRename) : []),
    ...undefinedNames,
  ];
}

function parametersLost(
  { before, unit }: CodePlace,
  after: string,
  was: readonly CodeUnit[],
  is: readonly CodeUnit[],
  languageId: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<string[]> {
  const [now, other] = is.filter((one) => one.name === unit?.name && one.owner === unit.owner);
  if (!unit || !now || other || unit.kind === 'class') return Promise.resolve([]);
  return lostParameters({ languageId, before, after, unit, now, was }, tools, signal);
}

/** Parameters and locals that the function had, uses still and declares no more, whoever else has such a name. */
async function lostNames(
  { before, unit }: CodePlace,
  after: string,
  units: readonly CodeUnit[],
  languageId: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<string[]> {
  const now = units.filter((one) => one.name === unit?.name && one.owner === unit.owner);
  const [only] = now;
  if (!unit || !only || now.length > 1 || unit.kind === 'class') return [];
  const free = async (text: string, one: CodeUnit) => {
    const written = text.slice(one.span.start, one.span.end);
    const plain = written
      .split('\n')
      .map((line, index) => (index > 0 && line.startsWith(one.indent) ? line.slice(one.indent.length) : line))
      .join('\n');
    // A method alone is no program, save in Python and Go.
    const whole =
      one.kind === 'method' && !/^(?:python|go)$/.test(languageId) ? `class _ {\n${plain}\n}` : plain;
    const source = { languageId, text: whole };
    const parsed = await tools.code.parse(source, signal);
    if (!parsed.ok || parsed.value.errorLines.length > 0) return undefined;
    const found = await tools.code.undeclared(source, { start: 0, end: whole.length }, [], signal);
    return found.ok ? new Set(found.value) : undefined;
  };
  const [old, fresh] = [await free(before, unit), await free(after, only)];
  if (!old || !fresh) return [];
  const had = new Set(before.slice(unit.span.start, unit.span.end).match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
  const elsewhere = new Set(units.filter((one) => one.owner === undefined).map((one) => one.name));
  return [...fresh].filter((name) => had.has(name) && !old.has(name) && !elsewhere.has(name));
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
