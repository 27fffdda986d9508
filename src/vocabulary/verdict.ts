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
