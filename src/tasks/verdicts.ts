import type { CodeProblem } from '../code/code.ts';
import type { Finding, Verdict } from '../vocabulary/verdict.ts';

export function passed(...findings: Finding[]): Verdict {
  return { kind: 'passed', findings };
}

export function failed(...findings: Finding[]): Verdict {
  return { kind: 'failed', findings };
}

export function notChecked(...findings: Finding[]): Verdict {
  return { kind: 'notChecked', findings };
}

/** Why the code worker could not say anything about a text. */
export function notParsed(languageId: string, text: string, problem: CodeProblem): Verdict {
  if (problem === 'noGrammar') return notChecked({ code: 'noGrammar', params: { languageId } });
  if (problem === 'tooLarge') {
    return notChecked({ code: 'tooLargeToParse', params: { bytes: new TextEncoder().encode(text).length } });
  }
  return notChecked({ code: 'verifierFailed', params: { detail: 'parser' } });
}
