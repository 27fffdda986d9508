import { basename } from 'node:path';
import type { RunAnswer } from '../../../vocabulary/ports.ts';
import type { FindingCodes } from '../../../vocabulary/verdict.ts';
import { escaped } from '../../pattern.ts';
import type { TestsPlan } from '../testsPlan.ts';
import type { TestCommand } from './testCommand.ts';
import { oneLine, type TestReport, type TestResult } from './testReport.ts';

/** What a run of a file of tests came to. */
export type RunRead =
  | { readonly kind: 'notRun'; readonly why: FindingCodes['testsNotRun']['why'] }
  /** The file itself does not run, and the answer is at fault. */
  | { readonly kind: 'broken'; readonly message: string }
  /** The new tests that ran, at least one. */
  | { readonly kind: 'ran'; readonly tests: readonly TestResult[] };

/** The names of tests, before the answer was put in and after. */
export interface TestNames {
  readonly fresh: readonly string[];
  readonly old: readonly string[];
}

/** The machine or the project lacks what runs such a file: a build, a loader, the framework itself. */
const unable =
  /Unknown file extension|ERR_UNKNOWN_FILE_EXTENSION|No module named '?(?:pytest|unittest)\b|Cannot find module '?(?:ts-node|tsx|ts-jest|@swc)|unrecognized arguments|go: (?:cannot find main module|updates to go\.mod|module lookup disabled|download)|missing go\.sum entry|Could not resolve dependencies|in offline mode|NETSDK\d+|requires? .*(?:JAVA_HOME|SDK)/;

/**
 * Reads what a run came to. Only a whole report that agrees with the exit code counts, and only of tests that the
 * answer brings: what failed before Maia came is not its matter.
 */
export function readRun(
  answer: RunAnswer,
  command: TestCommand,
  plan: Pick<TestsPlan, 'path' | 'subject' | 'folder'>,
  text: string,
  names: TestNames,
): RunRead {
  if (!answer.ran) return { kind: 'notRun', why: answer.why };
  if ('stoppedBy' in answer) return { kind: 'notRun', why: 'stopped' };
  const { exitCode } = answer;
  // What is found goes to models, who are told no path of this machine.
  const output = plan.folder === undefined ? answer.output : answer.output.replaceAll(`${plan.folder}/`, '');
  const report = command.read(output);
  const lacks = exitCode === 126 || exitCode === 127 || unable.test(report?.broken ?? output.slice(-8_000));
  if (!report) return { kind: 'notRun', why: lacks ? 'noRunner' : 'failed' };
  if (report.broken !== undefined) {
    if (lacks) return { kind: 'notRun', why: 'noRunner' };
    if (exitCode === 0 || !isOwnFault(report.broken, plan, text)) return { kind: 'notRun', why: 'failed' };
    return { kind: 'broken', message: oneLine(report.broken) };
  }
  const faulty = report.tests.some(({ outcome }) => outcome === 'failed' || outcome === 'error');
  if ((exitCode !== 0) !== faulty) return { kind: 'notRun', why: 'failed' };
  const tests = newTests(report, names).filter(({ outcome }) => outcome !== 'skipped');
  if (tests.length > 0) return { kind: 'ran', tests };
  // Where tests were chosen by their names, it may be the choice that left them all out.
  return report.tests.length === 0 || names.old.length > 0
    ? { kind: 'notRun', why: 'failed' }
    : { kind: 'broken', message: 'no test of it ran' };
}

function newTests({ tests }: TestReport, { fresh, old }: TestNames): readonly TestResult[] {
  if (old.length === 0) return tests;
  const own = fresh.map(matcher);
  const others = old.map(matcher);
  return tests.filter(
    ({ name }) => own.some((one) => one.test(flat(name))) || !others.some((one) => one.test(flat(name))),
  );
}

/** A name as some runners print it, with spaces between groups, and as others number it. */
export function flat(name: string): string {
  return name
    .replaceAll(' > ', ' ')
    .replace(/(\btest\w*)\[.*\]$/is, '$1')
    .replace(/^((?:Test|Fuzz)\w*)\/.*$/s, '$1')
    .trim();
}

/** Whether a runner's name for a test can be this one's: tables of values put theirs into it. */
export function matcher(name: string): RegExp {
  const parts = flat(name).split(/\$\{[^}]*\}|%[a-z%#$]|\$[\w.#]+/);
  return new RegExp(`(?:^| )${parts.map(escaped).join('.*')}$`, 's');
}

const lost =
  /(?:Cannot find (?:module|package)|No module named|Failed to (?:resolve import|load url)|Could not resolve|cannot import name|does not provide an export named|undefined:|cannot find symbol\s+symbol:\s+\w+)\s*['"]?([^\s'"(]+)/;
/** Where a compiler found it. */
const compiled = /^([\w.-]+\.(?:java|go|cs))[:(]/;

/**
 * A name that cannot be found is the answer's fault where the test itself writes it. The module under test is named as
 * Maia found it out, and what only other files import is the project's.
 */
function isOwnFault(
  broken: string,
  { subject, path }: Pick<TestsPlan, 'subject' | 'path'>,
  text: string,
): boolean {
  const file = compiled.exec(broken.replace(/^\S*[\\/]/, ''))?.[1];
  if (file !== undefined && file !== basename(path)) return false;
  const name = lost.exec(broken)?.[1];
  if (name === undefined) return true;
  const stem = (way: string) => basename(way).replace(/\.[cm]?[jt]sx?$/, '');
  if (stem(name) === stem(path)) return false;
  const module = subject.module;
  const isSubject =
    module !== '' &&
    (/[\\/]/.test(module)
      ? stem(name) === stem(module)
      : name === module || name === module.split('.')[0] || module.startsWith(`${name}.`));
  if (isSubject) return false;
  const last = /[\\/]/.test(name) ? stem(name) : (name.split('.').at(-1) ?? name);
  return text.includes(last);
}
