import type { Explained, None } from './explained.ts';

/** What a verifier found; `line` is 1-based in the file as it would be applied. */
export interface FindingCodes {
  // passed
  parses: None;
  sameProgram: None;
  callsTarget: { name: string };
  asserts: { tests: number };
  /** The project names no test framework: this one was taken. */
  frameworkAssumed: { framework: string };
  paramsDocumented: { count: number };
  /** The language's own checker, asked about the text before it is applied, names no error that was not there. */
  typesAgree: None;
  /** The diagnostic that a fix was asked about is gone. */
  diagnosticGone: { message: string };
  /** The project's own runner ran them. */
  testsPass: { tests: number };
  /** Of so many small faults put into the function, the tests noticed some. */
  faultsNoticed: { noticed: number; of: number };
  /** Names set in code in an answer's text exist in what was given or in the language. */
  namesKnown: { count: number };
  /** Lines that an answer speaks of are there, and say what it quotes. */
  linesRight: { count: number };
  /** Every part that was asked for is in a document. */
  partsThere: { count: number };
  /** Files and symbols that a commit message names are in the change. */
  inChange: { count: number };
  // beside passed: a further check that was not made, which is said and never counts
  testsNotRun: {
    why: 'off' | 'notAsked' | 'declined' | 'noSandbox' | 'untrusted' | 'noRunner' | 'stopped' | 'failed';
  };
  typesNotAsked: {
    why: 'untrusted' | 'noCompiler' | 'otherVersion' | 'noProject' | 'tooSlow' | 'asleep' | 'failed';
  };
  // failed
  noCode: None;
  doesNotParse: { line: number };
  programChanged: { line: number };
  notAComment: None;
  paramUnknown: { name: string };
  paramMissing: { name: string };
  placeholder: { text: string };
  /** A comment that holds what belongs to the prompt or to the talk around an answer. */
  promptLeftover: { text: string };
  /** A value is described where the code surely gives none. */
  returnsNothing: None;
  /** An error is described where nothing in the code can throw. */
  throwsNothing: None;
  /** What is given back is not described, and the file's other comments describe it. */
  returnMissing: None;
  /** An error that is thrown is not described, and the file's other comments describe theirs. */
  throwMissing: None;
  /** A docstring in another style than the file's own, which is named. */
  otherStyle: { style: string };
  /** Something is gone that others import or call. */
  exportMissing: { name: string };
  /** A function's name, its parameters or whether it is exported are others than before. */
  signatureChanged: { name: string };
  /** Words stand where code was, as `// ... rest of the code`. */
  codeLeftOut: { line: number };
  /** The code is in another language than the file. */
  otherLanguage: { language: string };
  /** A test imports what its module does not have, or a module that is not there. */
  importMissing: { name: string };
  /** A test reaches for the network. */
  usesNetwork: { test: string };
  /** A test depends on the time of day, or sleeps, and what it tests knows nothing of time. */
  usesClock: { test: string };
  /** A test starts a program. */
  startsProcess: { test: string };
  /** A test deletes files that it has not made. */
  deletesFiles: { test: string };
  /** A test runs text as code. */
  runsText: { test: string };
  /** A path of one machine. */
  absolutePath: { text: string };
  targetNotCalled: { name: string };
  nothingAsserted: { test: string };
  noTests: None;
  /** Something is used that nothing declares or imports. */
  undefinedName: { name: string };
  duplicateTest: { name: string };
  emptyAnswer: None;
  refusal: None;
  repeats: None;
  cutShort: None;
  /** Longer than any answer that was asked for, and than what is checked. */
  answerTooLong: { characters: number };
  /** A diff that fits nowhere in what the model saw, or in several places. */
  patchMisfit: None;
  breaksExistingTests: { line: number };
  /** An error of the language's own checker that was not there before. */
  typeError: { message: string };
  /** The diagnostic that a fix was asked about is still there. */
  diagnosticStays: { message: string };
  /** A test that can't run: an import, a type, a fixture of its own. */
  testBroken: { test: string; message: string };
  /** An assertion that does not hold, and nothing says that the code is at fault. */
  testFails: { test: string; message: string };
  /** An assertion that does not hold where the code itself looks wrong: shown, not repaired away. */
  suspectedBug: { test: string; message: string };
  /** Faults were put into the function, and its tests went on passing. */
  noticesNothing: { of: number };
  /** Text names something, set in code, that is neither in what was given nor in the language. */
  unknownName: { name: string };
  /** Text speaks of a line that what was given does not have, or that says something else. */
  lineWrong: { text: string };
  /** A part of a document that was asked for is not there. */
  partMissing: { part: string };
  /** Another human language than the developer's. */
  otherSpeech: { language: string };
  /** The beginning says again what was asked. */
  echoesPrompt: None;
  /** A mark of the model's own chat format stands in the answer. */
  formatLeftover: { text: string };
  /** A commit message names a file or a symbol that its change does not touch. */
  notInChange: { name: string };
  /** The first line of a commit message is longer than `limit` characters. */
  subjectTooLong: { characters: number; limit: number };
  /** A commit message in another style than the project's own, which is named. */
  otherCommitStyle: { style: string };
  // notChecked
  noGrammar: { languageId: string };
  tooLargeToParse: { bytes: number };
  verifierFailed: { detail: string };
  fileHadErrors: { line: number };
  nothingToCheck: None;
}
export type Finding = Explained<FindingCodes> & { readonly line?: number };

/** `notChecked` never teaches and is never shown as passed. */
export type Verdict =
  | { readonly kind: 'passed'; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly findings: readonly Finding[] }
  | { readonly kind: 'notChecked'; readonly findings: readonly Finding[] };
