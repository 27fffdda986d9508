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
    l10n.t('It holds words that are no part of a comment: {text}', { text: plainText(text, 60) }),
  returnsNothing: () => l10n.t('It describes a return value, but nothing is returned.'),
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
  usesNetwork: ({ test }) => l10n.t('The test "{test}" uses the network.', { test: plainText(test) }),
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
  noGrammar: ({ languageId }) =>
    l10n.t('Maia cannot check this language ({language}).', { language: plainText(languageId) }),
  tooLargeToParse: ({ bytes }) =>
    l10n.t('The file is too large to check ({size}).', { size: readableBytes(bytes) }),
  verifierFailed: ({ detail }) => l10n.t('The check itself failed: {detail}', { detail: plainText(detail) }),
  fileHadErrors: ({ line }) =>
    l10n.t('The file did not parse before either (line {line}).', { line: String(line) }),
  nothingToCheck: () => l10n.t('There is nothing that could be checked.'),
};

/** One sentence for a finding, in the display language. */
export function findingSentence(finding: Finding): string {
  const sentence = sentences[finding.code] as (params: Finding['params']) => string;
  return sentence(finding.params);
}

/** One line for a verdict: what was found, never "passed" for what was not checked. */
export function verdictSentence(verdict: Verdict): string {
  const found = verdict.findings.slice(0, 3).map(findingSentence).join(' ');
  if (verdict.kind === 'passed')
    return found === '' ? l10n.t('Checked.') : l10n.t('Checked: {found}', { found });
  if (verdict.kind === 'failed')
    return found === '' ? l10n.t('Check failed.') : l10n.t('Check failed: {found}', { found });
  return found === '' ? l10n.t('Not checked.') : l10n.t('Not checked: {found}', { found });
}
