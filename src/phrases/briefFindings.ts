import * as l10n from '@vscode/l10n';
import type { ProgressCodes } from '../vocabulary/event.ts';
import type { Finding, FindingCodes } from '../vocabulary/verdict.ts';
import { plainText, readable } from './plainText.ts';

type Words<Codes> = { readonly [Code in keyof Codes]?: (params: Readonly<Codes[Code]>) => string };

/** What was checked, in two or three words; what is no check or says no more than the others has none. */
const words: Words<FindingCodes> = {
  parses: () => l10n.t('parses'),
  sameProgram: () => l10n.t('same program'),
  callsTarget: ({ name }) => l10n.t('calls {name}', { name: plainText(name, 40) }),
  asserts: ({ tests }) =>
    tests === 1 ? l10n.t('1 test asserts') : l10n.t('{tests} tests assert', { tests: readable(tests) }),
  paramsDocumented: ({ count }) =>
    count === 1
      ? l10n.t('1 parameter named')
      : l10n.t('{count} parameters named', { count: readable(count) }),
  typesAgree: () => l10n.t('no type errors'),
  diagnosticGone: () => l10n.t('the error is gone'),
  testsPass: ({ tests }) =>
    tests === 1 ? l10n.t('1 test passes') : l10n.t('{tests} tests pass', { tests: readable(tests) }),
  faultsNoticed: ({ noticed, of }) =>
    l10n.t('notice {noticed} of {of} faults', { noticed: readable(noticed), of: readable(of) }),
  namesKnown: ({ count }) =>
    count === 1 ? l10n.t('1 name exists') : l10n.t('{count} names exist', { count: readable(count) }),
  linesRight: ({ count }) =>
    count === 1 ? l10n.t('1 line is right') : l10n.t('{count} lines are right', { count: readable(count) }),
  partsThere: ({ count }) =>
    count === 1 ? l10n.t('1 part is there') : l10n.t('{count} parts are there', { count: readable(count) }),
  inChange: () => l10n.t('names what changed'),
  testsNotRun: () => l10n.t('tests not run'),
  typesNotAsked: () => l10n.t('types not checked'),
};

/** A finding in short, for a line that has little room; undefined for one that says nothing there. */
export function briefFinding(finding: Finding): string | undefined {
  const say = words[finding.code] as ((params: Finding['params']) => string) | undefined;
  return say?.(finding.params);
}

/** What was checked, in short: "parses, calls parseDate, 6 tests pass". Empty where there is nothing to tell. */
export function briefFindings(findings: readonly Finding[]): string {
  // Tests that pass assert something, too.
  const ran = findings.some(({ code }) => code === 'testsPass');
  const told = findings.filter(({ code }) => !(ran && code === 'asserts'));
  return told.flatMap((finding) => briefFinding(finding) ?? []).join(', ');
}

const underWay: Readonly<Record<NonNullable<ProgressCodes['checking']['doing']>, () => string>> = {
  types: () => l10n.t('asking the compiler…'),
  tests: () => l10n.t('running the tests…'),
  faults: () => l10n.t('trying faults in a copy of the code…'),
};

/** How far a check has come: "parses, calls parseDate, running the tests…". Empty at its beginning. */
export function briefSteps({ found = [], doing }: ProgressCodes['checking']): string {
  return [briefFindings(found), doing ? underWay[doing]() : ''].filter(Boolean).join(', ');
}
