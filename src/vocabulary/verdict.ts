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
  breaksExistingTests: { line: number };
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
