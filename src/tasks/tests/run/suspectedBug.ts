import { basename } from 'node:path';
import type { CodeUnit, TestCase } from '../../../code/code.ts';
import { escaped } from '../../pattern.ts';
import type { Earlier } from '../../tasks.ts';
import { squeezed } from '../testFile.ts';
import type { TestsPlan } from '../testsPlan.ts';
import { flat, matcher } from './readRun.ts';
import type { TestResult } from './testReport.ts';

/** What is known of a run when it is asked whose fault a failing test is. */
export interface Evidence {
  readonly plan: Pick<TestsPlan, 'unit' | 'source' | 'sourcePath' | 'path' | 'languageId'>;
  /** The answer's tests as a file of their own. */
  readonly fresh: string;
  readonly cases: readonly TestCase[];
  /** All tests that ran. */
  readonly tests: readonly TestResult[];
  /** The model's own words, and those of the answers before it. */
  readonly answer: string;
  readonly earlier: readonly Earlier[];
}

/** Fewer others that pass say nothing: a model that has not understood the function gets one right by luck. */
const fewestPassing = 2;

/**
 * Whether a failing test speaks against the code rather than against itself. Models guess expectations wrong much
 * more often than published code is wrong, so at least two other tests of the answer have to pass, the failing ones
 * have to be the fewer, and one of three things must be so:
 * the function's own documentation gives this result for this call;
 * the function crashes, not by an error that it throws itself, on arguments of kinds that it takes in a test that passes;
 * or an answer before, told of the failure or by another model, expects the same result and got the same.
 */
export function isSuspect(test: TestResult, evidence: Evidence): boolean {
  const passing = evidence.tests.filter(({ outcome }) => outcome === 'passed');
  if (passing.length < fewestPassing || passing.length <= evidence.tests.length - passing.length)
    return false;
  const own = caseOf(test, evidence);
  if (test.outcome === 'failed')
    return (own !== undefined && isDocumented(test, own, evidence)) || isConfirmed(test, evidence);
  return own !== undefined && crashes(test, evidence) && isOrdinary(own, passing, evidence);
}

/** The text of the test that a result is of. */
function caseOf({ name }: TestResult, { cases, fresh }: Evidence): string | undefined {
  const found = cases.find((one) => matcher(one.name).test(flat(name)));
  return found && fresh.slice(found.span.start, found.span.end);
}

/** The doc gives an example of the very call with the very value that the test expects. */
function isDocumented({ message }: TestResult, own: string, { plan }: Evidence): boolean {
  const { unit, source } = plan;
  const expected = /^expected (.+), got /s.exec(message)?.[1];
  if (!unit.doc || expected === undefined) return false;
  const doc = evened(source.slice(unit.doc.start, unit.doc.end));
  const value = evened(expected);
  return callsOf(own, unit.name).some((written) => {
    const call = evened(`${unit.name}(${written})`);
    for (let at = doc.indexOf(call); at !== -1; at = doc.indexOf(call, at + 1)) {
      const after = doc.slice(at + call.length).replace(between, '');
      if (after.startsWith(value) && !/^(?:\w|\.\d)/.test(after.slice(value.length))) return true;
    }
    return false;
  });
}

/** What docs write between a call and its result. */
const between = /^(?:is|gives|returns?|yields|equals|->|=>|[)=>/*,:;→#])*/i;

/** Without white space and quotes: docs set values in code, in either kind of quotes or in none. */
function evened(text: string): string {
  return text.replace(/[\s'"`]+/g, '');
}

/** What stands between the brackets of each call of a function. */
function callsOf(text: string, name: string): string[] {
  const calls: string[] = [];
  for (const found of text.matchAll(new RegExp(`(?<![\\w$])${escaped(name)}\\(`, 'g'))) {
    const from = found.index + found[0].length;
    let depth = 1;
    let quote = '';
    let at = from;
    for (; at < text.length && depth > 0; at += 1) {
      const char = text[at] ?? '';
      if (quote !== '') {
        if (char === '\\') at += 1;
        else if (char === quote) quote = '';
      } else if (/['"`]/.test(char)) quote = char;
      else if (/[([{]/.test(char)) depth += 1;
      else if (/[)\]}]/.test(char)) depth -= 1;
    }
    if (depth === 0) calls.push(text.slice(from, at - 1));
  }
  return calls;
}

/** An answer before this one expected the same: it was written anew since, so it is no mere repetition. */
function isConfirmed({ name, message }: TestResult, { earlier, answer }: Evidence): boolean {
  if (!/^expected .+, got /s.test(message)) return false;
  return earlier.some(
    (one) =>
      squeezed(one.answer) !== squeezed(answer) &&
      one.verdict.findings.some(
        (finding) =>
          finding.code === 'testFails' &&
          finding.params.message === message &&
          // Two values of truth are right by chance in half of all guesses.
          (flat(finding.params.test) === flat(name) || !/^expected (?:true|false)\b/i.test(message)),
      ),
  );
}

const crash =
  /\b(?:TypeError|RangeError|ReferenceError|IndexError|KeyError|AttributeError|ZeroDivisionError|UnboundLocalError|RecursionError|NullPointerException|\w*IndexOutOfBoundsException|ClassCastException|ArithmeticException|NullReferenceException|IndexOutOfRangeException|DivideByZeroException)\b|panic: runtime error:/;

/** Whether it ended by an error of the language, not one of the code's own, in a line of the function itself. */
function crashes({ details }: TestResult, { plan }: Evidence): boolean {
  if (!crash.test(details)) return false;
  const source = basename(plan.sourcePath);
  const test = basename(plan.path);
  const frames = [...details.matchAll(/([\w.@$-]+\.\w+)(?:", line |:)(\d+)/g)]
    .map((one) => ({ file: one[1] ?? '', line: Number(one[2]) }))
    .filter(({ file }) => file === source || file === test);
  // Python tells the outermost first.
  const frame = plan.languageId === 'python' ? frames.at(-1) : frames[0];
  if (!frame || frame.file !== source) return false;
  const { first, last } = linesOf(plan.unit, plan.source);
  const written = plan.source.split(/\r\n|\r|\n/)[frame.line - 1] ?? '';
  return frame.line >= first && frame.line <= last && !/^\s*(?:throw|raise|panic\()/.test(written);
}

function linesOf({ span }: CodeUnit, text: string): { readonly first: number; readonly last: number } {
  const line = (offset: number) => text.slice(0, offset).split(/\r\n|\r|\n/).length;
  return { first: line(span.start), last: line(span.end) };
}

const strange =
  /\b(?:null|undefined|None|nil|NaN|Infinity|inf|as (?:any|unknown|never)|Symbol|mock|stub|invalid|malformed|wrong|missing|throws?|raises?|error)\b|@ts-|-\s*Infinity/i;

/** Nothing about the test looks as if a failure were its point, and a test that passes gives the same kinds of values. */
function isOrdinary(own: string, passing: readonly TestResult[], evidence: Evidence): boolean {
  if (strange.test(own)) return false;
  const { name } = evidence.plan.unit;
  const known = new Set(
    passing.flatMap((test) => callsOf(caseOf(test, evidence) ?? '', name).map((call) => kinds(call))),
  );
  const calls = callsOf(own, name);
  return calls.length > 0 && calls.every((call) => known.has(kinds(call)));
}

/** `'a', 2, [x]` as `text,number,list`. */
function kinds(call: string): string {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of call) {
    if (/[([{]/.test(char)) depth += 1;
    if (/[)\]}]/.test(char)) depth -= 1;
    if (char === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  if (part.trim() !== '') parts.push(part);
  return parts.map(kindOf).join(',');
}

function kindOf(written: string): string {
  const first = written.trim();
  if (/^(?:[rbuf]{0,2}['"]|`)/i.test(first)) return 'text';
  if (/^[+-]?\.?\d/.test(first)) return 'number';
  if (/^(?:true|false)\b/i.test(first)) return 'truth';
  if (/^[[({]/.test(first)) return first.charAt(0);
  return 'other';
}
