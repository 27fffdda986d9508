import * as l10n from '@vscode/l10n';
import type { Finding, FindingCodes, Verdict } from '../vocabulary/verdict.ts';
import { plainText, readable, readableBytes } from './plainText.ts';

type Sentences<Codes> = { readonly [Code in keyof Codes]: (params: Readonly<Codes[Code]>) => string };

const sentences: Sentences<FindingCodes> = {
  parses: () => l10n.t('It parses.'),
  sameProgram: () => l10n.t('The program is unchanged once comments are gone.'),
  callsTarget: ({ name }) => l10n.t('It calls {name}.', { name: plainText(name) }),
  asserts: ({ tests }) =>
    tests === 1
      ? l10n.t('The test asserts something.')
      : l10n.t('All {tests} tests assert something.', { tests: readable(tests) }),
  frameworkAssumed: ({ framework }) =>
    l10n.t('The project names no test framework, so this uses {framework}.', {
      framework: plainText(framework),
    }),
  paramsDocumented: ({ count }) =>
    count === 1
      ? l10n.t('The one parameter is documented.')
      : l10n.t('All {count} parameters are documented.', { count: readable(count) }),
  typesAgree: () => l10n.t('It has no new type errors.'),
  diagnosticGone: ({ message }) => l10n.t('This is mended: {message}', { message: plainText(message, 80) }),
  testsPass: ({ tests }) =>
    tests === 1 ? l10n.t('The test passes.') : l10n.t('All {tests} tests pass.', { tests: readable(tests) }),
  faultsNoticed: ({ noticed, of }) =>
    l10n.t('They notice {noticed} of {of} faults put into the code.', {
      noticed: readable(noticed),
      of: readable(of),
    }),
  namesKnown: ({ count }) =>
    count === 1
      ? l10n.t('The one name in it exists.')
      : l10n.t('All {count} names in it exist.', { count: readable(count) }),
  linesRight: ({ count }) =>
    count === 1
      ? l10n.t('The line that it speaks of is there.')
      : l10n.t('All {count} lines that it speaks of are there.', { count: readable(count) }),
  partsThere: ({ count }) =>
    count === 1
      ? l10n.t('The part that was asked for is there.')
      : l10n.t('All {count} parts that were asked for are there.', { count: readable(count) }),
  inChange: () => l10n.t('All that it names is in the change.'),
  testsNotRun: ({ why }) => testsNotRun[why](),
  typesNotAsked: ({ why }) => typesNotAsked[why](),
  noCode: () => l10n.t('The answer holds no code.'),
  doesNotParse: ({ line }) => l10n.t('It does not parse (line {line}).', { line: String(line) }),
  programChanged: ({ line }) =>
    l10n.t('It changes code, not only comments (line {line}).', { line: String(line) }),
  notAComment: () => l10n.t('The answer is not a comment.'),
  paramUnknown: ({ name }) =>
    l10n.t('It documents {name}, which is no parameter.', { name: plainText(name) }),
  paramMissing: ({ name }) => l10n.t('It does not document {name}.', { name: plainText(name) }),
  placeholder: ({ text }) => l10n.t('It holds a placeholder: {text}', { text: plainText(text, 60) }),
  promptLeftover: ({ text }) =>
    l10n.t('It holds words that do not belong there: {text}', { text: plainText(text, 60) }),
  returnsNothing: () => l10n.t('It describes a return value, but nothing is returned.'),
  returnMissing: () => l10n.t('It does not say what is returned; the other comments of the file do.'),
  throwMissing: () => l10n.t('It does not say which error is thrown; the other comments of the file do.'),
  throwsNothing: () => l10n.t('It describes an error, but the code throws none.'),
  otherStyle: ({ style }) =>
    l10n.t('This file writes its docstrings in {style} style.', { style: plainText(style) }),
  exportMissing: ({ name }) =>
    l10n.t('{name} is gone, though other code may use it.', { name: plainText(name) }),
  signatureChanged: ({ name }) => l10n.t('It changes the signature of {name}.', { name: plainText(name) }),
  codeLeftOut: ({ line }) => l10n.t('It leaves code out (line {line}).', { line: String(line) }),
  otherLanguage: ({ language }) =>
    l10n.t('The code is in another language ({language}).', { language: plainText(language) }),
  importMissing: ({ name }) => l10n.t('It imports {name}, which is not there.', { name: plainText(name) }),
  usesClock: ({ test }) => l10n.t('The test "{test}" depends on the real clock.', { test: plainText(test) }),
  usesNetwork: ({ test }) => l10n.t('The test "{test}" uses the network.', { test: plainText(test) }),
  startsProcess: ({ test }) => l10n.t('The test "{test}" starts a program.', { test: plainText(test) }),
  deletesFiles: ({ test }) => l10n.t('The test "{test}" deletes files.', { test: plainText(test) }),
  runsText: ({ test }) => l10n.t('The test "{test}" runs text as code.', { test: plainText(test) }),
  answerTooLong: ({ characters }) =>
    l10n.t('The answer is too long to check ({characters} characters).', {
      characters: readable(characters),
    }),
  patchMisfit: () => l10n.t('The answer is a diff that does not fit the code.'),
  absolutePath: ({ text }) => l10n.t('It holds a path of one machine: {text}', { text: plainText(text, 60) }),
  targetNotCalled: ({ name }) => l10n.t('No test calls {name}.', { name: plainText(name) }),
  nothingAsserted: ({ test }) => l10n.t('The test "{test}" asserts nothing.', { test: plainText(test) }),
  noTests: () => l10n.t('The answer holds no test.'),
  undefinedName: ({ name }) =>
    l10n.t('It uses {name}, which nothing declares or imports.', { name: plainText(name) }),
  duplicateTest: ({ name }) => l10n.t('There are two tests named "{name}".', { name: plainText(name) }),
  emptyAnswer: () => l10n.t('The answer is empty.'),
  repeats: () => l10n.t('The answer repeats itself.'),
  refusal: () => l10n.t('The model refused.'),
  cutShort: () => l10n.t('The answer is cut short.'),
  breaksExistingTests: ({ line }) =>
    l10n.t('It changes tests that were there before (line {line}).', { line: String(line) }),
  typeError: ({ message }) => l10n.t('New error: {message}', { message: plainText(message, 120) }),
  diagnosticStays: ({ message }) =>
    l10n.t('This is still there: {message}', { message: plainText(message, 80) }),
  testBroken: ({ test, message }) =>
    l10n.t('The test "{test}" does not run: {message}', {
      test: plainText(test),
      message: plainText(message, 120),
    }),
  testFails: ({ test, message }) =>
    l10n.t('The test "{test}" fails: {message}', { test: plainText(test), message: plainText(message, 120) }),
  suspectedBug: ({ test, message }) =>
    l10n.t('Suspected bug in the code: "{test}" fails: {message}', {
      test: plainText(test),
      message: plainText(message, 120),
    }),
  noticesNothing: ({ of }) =>
    l10n.t('The tests pass even with faults put into the code ({of} tried).', { of: readable(of) }),
  unknownName: ({ name }) =>
    l10n.t('It mentions {name}, which is not in the code.', { name: plainText(name) }),
  lineWrong: ({ text }) => l10n.t('It speaks of {text}, which is not there.', { text: plainText(text, 60) }),
  partMissing: ({ part }) =>
    l10n.t('It leaves out what was asked for: {part}', { part: plainText(part, 60) }),
  otherSpeech: ({ language }) =>
    l10n.t('It is written in another language ({language}).', { language: plainText(language) }),
  echoesPrompt: () => l10n.t('It only repeats what was asked.'),
  formatLeftover: ({ text }) =>
    l10n.t("It holds a mark of the model's own format: {text}", { text: plainText(text, 40) }),
  notInChange: ({ name }) =>
    l10n.t('It names {name}, which is not in the change.', { name: plainText(name) }),
  subjectTooLong: ({ characters, limit }) =>
    l10n.t('Its first line has {characters} characters. At most {limit} are usual.', {
      characters: readable(characters),
      limit: readable(limit),
    }),
  otherCommitStyle: ({ style }) =>
    l10n.t('This project writes its commit messages otherwise: {style}', { style: plainText(style, 60) }),
  noGrammar: ({ languageId }) =>
    l10n.t('Maia cannot check this language ({language}).', { language: plainText(languageId) }),
  tooLargeToParse: ({ bytes }) =>
    l10n.t('The file is too large to check ({size}).', { size: readableBytes(bytes) }),
  verifierFailed: ({ detail }) => l10n.t('The check itself failed: {detail}', { detail: plainText(detail) }),
  fileHadErrors: ({ line }) =>
    l10n.t('The file did not parse before either (line {line}).', { line: String(line) }),
  nothingToCheck: () => l10n.t('There is nothing that could be checked.'),
};

type Why<Code extends 'testsNotRun' | 'typesNotAsked'> = Readonly<
  Record<FindingCodes[Code]['why'], () => string>
>;

const testsNotRun: Why<'testsNotRun'> = {
  off: () => l10n.t('The tests were not run.'),
  notAsked: () => l10n.t('The tests were not run: nobody has allowed it in this workspace yet.'),
  declined: () => l10n.t('The tests were not run: you do not allow it in this workspace.'),
  noSandbox: () => l10n.t('The tests were not run: there is no sandbox on this machine.'),
  untrusted: () => l10n.t('The tests were not run: this workspace is not trusted.'),
  noRunner: () => l10n.t("The tests were not run: the project's test runner was not found."),
  stopped: () => l10n.t('The tests were stopped: they took too much.'),
  failed: () => l10n.t("The tests were not run: the project's test runner does not start."),
};

const typesNotAsked: Why<'typesNotAsked'> = {
  untrusted: () => l10n.t('Types were not checked: this workspace is not trusted.'),
  noCompiler: () => l10n.t('Types were not checked: the project has no TypeScript of its own.'),
  otherVersion: () =>
    l10n.t("Types were not checked: Maia does not know this project's version of TypeScript."),
  noProject: () => l10n.t('Types were not checked: the file belongs to no TypeScript project.'),
  tooSlow: () => l10n.t('Types were not checked: it took too long.'),
  asleep: () => l10n.t('Types were not checked: the compiler overlooks even a planted error.'),
  failed: () => l10n.t('Types were not checked: the compiler failed.'),
};

/** One sentence for a finding, in the display language. */
export function findingSentence(finding: Finding): string {
  const sentence = sentences[finding.code] as (params: Finding['params']) => string;
  return sentence(finding.params);
}

/** What was really tried says more than what a syntax tree shows, and what was left undone has to be said. */
const telling: ReadonlySet<Finding['code']> = new Set([
  'testsPass',
  'faultsNoticed',
  'testsNotRun',
  'typesAgree',
  'typesNotAsked',
]);

function mostTelling({ kind, findings }: Verdict): readonly Finding[] {
  if (kind !== 'passed') return findings;
  const first = findings.filter(({ code }) => telling.has(code));
  return [...first, ...findings.filter(({ code }) => !telling.has(code))];
}

/** One line for a verdict: what was found, never "passed" for what was not checked. */
export function verdictSentence(verdict: Verdict): string {
  const found = mostTelling(verdict).slice(0, 3).map(findingSentence).join(' ');
  if (verdict.kind === 'passed')
    return found === '' ? l10n.t('Checked.') : l10n.t('Checked: {found}', { found });
  if (verdict.kind === 'failed')
    return found === '' ? l10n.t('Check failed.') : l10n.t('Check failed: {found}', { found });
  return found === '' ? l10n.t('Not checked.') : l10n.t('Not checked: {found}', { found });
}
