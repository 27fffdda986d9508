import type { Message } from '../vocabulary/request.ts';
import type { Finding, FindingCodes, Verdict } from '../vocabulary/verdict.ts';

/** An answer goes back to its model up to this many characters: what loops or rambles helps nobody. */
const answerLimit = 24_000;

/** What the same model does again, told what was wrong, and what a repair would only hide: refusing is its last word. */
const unrepairable: ReadonlySet<Finding['code']> = new Set(['refusal', 'repeats', 'suspectedBug']);

export function isRepairable({ kind, findings }: Verdict): boolean {
  return kind === 'failed' && findings.length > 0 && !findings.some(({ code }) => unrepairable.has(code));
}

/**
 * The conversation in which a model mends its own answer: what was asked, what it answered, what the check found.
 * The beginning is the same to the byte, so that it is read from the model's cache.
 */
export function repairMessages(
  asked: readonly Message[],
  answer: string,
  findings: readonly Finding[],
): readonly Message[] {
  const text = [
    ...foundIn(findings),
    'Write the whole answer again with that mended, in the same form as asked above, and nothing else.',
  ].join('\n');
  return withTurn(asked, answer, text);
}

/** The same, where the developer would have the answer otherwise; `wish` in their words. */
export function wishMessages(
  asked: readonly Message[],
  answer: string,
  findings: readonly Finding[],
  wish: string,
): readonly Message[] {
  const text = [
    ...foundIn(findings),
    'This is to be different:',
    wish,
    'Write the whole answer again so, in the same form as asked above, and nothing else.',
  ].join('\n');
  return withTurn(asked, answer, text);
}

function foundIn(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const found = findings.slice(0, 8).map((finding) => `- ${inWords(finding)}`);
  return ['A tool checked your answer and found this:', ...found];
}

function withTurn(asked: readonly Message[], answer: string, text: string): readonly Message[] {
  return [
    ...asked,
    { role: 'assistant', parts: [{ type: 'text', text: answer.slice(0, answerLimit) }] },
    { role: 'user', parts: [{ type: 'text', text }] },
  ];
}

type Words<Codes> = { readonly [Code in keyof Codes]?: (params: Readonly<Codes[Code]>) => string };

/** English, as all that models are asked in; for people `src/phrases/` has the sentences. */
const words: Words<FindingCodes> = {
  noCode: () => 'There is no code in it. Answer with one fenced code block.',
  doesNotParse: ({ line }) => `With it the file does not parse: syntax error in line ${line}.`,
  programChanged: ({ line }) => `It changes code (line ${line}). Only the comment may be new.`,
  notAComment: () => 'It is not a comment in the form that was asked for.',
  paramUnknown: ({ name }) => `It describes a parameter \`${name}\`, which the function does not have.`,
  paramMissing: ({ name }) => `It does not describe the parameter \`${name}\`.`,
  placeholder: ({ text }) => `It has a placeholder in it: \`${text}\`. Write real content there.`,
  promptLeftover: ({ text }) => `It has words in it that do not belong there: \`${text}\`. Leave them out.`,
  returnsNothing: () => 'It describes a return value, but the function returns nothing.',
  returnMissing: () =>
    'It does not describe the return value. Add that, in the form that the other comments of the file have.',
  throwMissing: () =>
    'It does not describe the error that is thrown. Add that, in the form that the other comments of the file have.',
  throwsNothing: () => 'It describes an error, but nothing in the function throws one.',
  otherStyle: ({ style }) => `The file writes its docstrings in ${style} style. Write it so.`,
  exportMissing: ({ name }) => `\`${name}\` is gone or no longer exported. Keep it.`,
  signatureChanged: ({ name }) =>
    `It changes the name, the parameters or the export of \`${name}\`. Keep them as they were.`,
  codeLeftOut: ({ line }) => `It leaves code out (line ${line}). Write all of it.`,
  otherLanguage: ({ language }) => `Its code is in another language (${language}) than the file.`,
  importMissing: ({ name }) => `It imports \`${name}\`, which is not there.`,
  usesClock: ({ test }) =>
    `The test "${test}" uses the real clock or sleeps. Use fixed dates and wait for nothing.`,
  usesNetwork: ({ test }) => `The test "${test}" uses the network. Do without it.`,
  startsProcess: ({ test }) => `The test "${test}" starts a program. Do without it.`,
  deletesFiles: ({ test }) => `The test "${test}" deletes files that it has not made. Do without it.`,
  runsText: ({ test }) => `The test "${test}" runs text as code. Call the function itself.`,
  answerTooLong: () => 'It is far too long. Write only what was asked for.',
  patchMisfit: () => 'It is a diff that does not fit the code. Write the whole piece instead, not a diff.',
  absolutePath: ({ text }) => `It has a path in it that only one machine has: \`${text}\`.`,
  targetNotCalled: ({ name }) => `No test calls \`${name}\`.`,
  nothingAsserted: ({ test }) => `The test "${test}" checks nothing that could fail.`,
  noTests: () => 'There is no test in it.',
  undefinedName: ({ name }) => `It uses \`${name}\`, which is neither declared nor imported.`,
  duplicateTest: ({ name }) => `The test name "${name}" is taken. Give each test a name of its own.`,
  cutShort: () => 'It ends in the middle. Write it shorter, and to its end.',
  breaksExistingTests: ({ line }) =>
    `It changes tests that were there before (line ${line}). Write only new ones.`,
  typeError: ({ message }) => `The compiler reports an error that was not there before: ${message}`,
  diagnosticStays: ({ message }) => `The error that was to be mended is still there: ${message}`,
  testBroken: ({ test, message }) => `The test "${test}" does not run: ${message}`,
  testFails: ({ test, message }) => `The test "${test}" fails: ${message}`,
  noticesNothing: () =>
    'The tests pass even when the function does something wrong. Assert the exact results for several inputs.',
  notInChange: ({ name }) => `It names \`${name}\`, which is not in the change.`,
  subjectTooLong: ({ characters, limit }) =>
    `Its first line has ${characters} characters. Write at most ${limit}, and the rest below it.`,
  otherCommitStyle: ({ style }) => `The project writes its messages otherwise: ${style}`,
  otherSpeech: ({ language }) => `It is written in ${language}. Write it in the language of the question.`,
  echoesPrompt: () => 'It repeats what was asked. Begin with the answer itself.',
  formatLeftover: ({ text }) => `It has a mark of a chat format in it: ${text}. Leave such marks out.`,
  unknownName: ({ name }) => `It mentions \`${name}\`, which is not in the code.`,
  lineWrong: ({ text }) => `It speaks of ${text}, which is not there.`,
  partMissing: ({ part }) => `It leaves out what was asked for: ${part}`,
  emptyAnswer: () => 'It says nothing.',
};

function inWords(finding: Finding): string {
  const say = words[finding.code] as ((params: Finding['params']) => string) | undefined;
  const at = finding.line === undefined ? '' : ` (line ${finding.line})`;
  return `${say?.(finding.params) ?? finding.code}${at}`;
}
