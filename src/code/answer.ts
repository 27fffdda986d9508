import type { CodeResult, Parse, Source } from './code.ts';
import type { Forest } from './forest.ts';
import { grammarOf } from './grammars.ts';
import type { Language } from './language.ts';
import { languageOf } from './languages.ts';
import { Lines } from './lines.ts';
import { mutantsOf } from './mutants.ts';
import { type SyntaxNode, walk } from './node.ts';
import type { Question } from './protocol.ts';
import { firstDifference, rowOf, withoutComments } from './sameProgram.ts';
import { testCasesOf } from './testCases.ts';
import { tokensOf } from './tokens.ts';
import { undeclaredIn } from './undeclared.ts';
import { unitAt, unitsOf } from './units.ts';

const MOST_ERROR_LINES = 20;

/** Answers one question from the trees of `forest`, whose grammars for the question are loaded. */
export function answer(question: Question, forest: Forest): CodeResult<unknown> {
  const source = question.ask === 'sameProgram' ? question.after : question.source;
  const grammar = grammarOf(source.languageId);
  const language = languageOf(source.languageId);
  if (grammar === undefined || language === undefined) return { ok: false, problem: 'noGrammar' };
  const { text } = source;
  const root = forest.tree(grammar, text);
  switch (question.ask) {
    case 'unitAt':
      return { ok: true, value: unitAt(root, text, language, question.at) };
    case 'units':
      return { ok: true, value: unitsOf(root, text, language) };
    case 'parse':
      return { ok: true, value: { errorLines: errorLinesOf(root, text) } satisfies Parse };
    case 'sameProgram':
      return { ok: true, value: sameProgram(question.before, source, forest, grammar, language) };
    case 'tokens':
      return { ok: true, value: tokensOf(root, text, language) };
    case 'undeclared':
      return { ok: true, value: undeclaredIn(root, text, source.languageId, question.at, question.known) };
    case 'mutants':
      return {
        ok: true,
        value: mutantsOf(root, text, source.languageId, question.at, question.most),
      };
    case 'calledNames':
      return { ok: true, value: calledNamesOf(root, text, language) };
    case 'testCases':
      return { ok: true, value: testCasesOf(root, text, language) };
    case 'imports':
      return { ok: true, value: [...walk(root)].flatMap((node) => language.imported(node, text)) };
  }
}

function sameProgram(before: Source, after: Source, forest: Forest, grammar: string, language: Language) {
  const row = (source: Source) => {
    const clean = withoutComments(forest.tree(grammar, source.text), source.text, language);
    return rowOf(forest.tree(grammar, clean), clean, language);
  };
  const difference = grammarOf(before.languageId) === grammar ? firstDifference(row(before), row(after)) : 0;
  return {
    same: difference === undefined,
    line: difference === undefined ? 0 : new Lines(after.text).numberAt(difference),
  };
}

function errorLinesOf(root: SyntaxNode, text: string): readonly number[] {
  const lines = new Lines(text);
  const broken = new Set<number>();
  for (const node of walk(root, (each) => each.type !== 'ERROR')) {
    if (node.type !== 'ERROR' && !node.missing) continue;
    broken.add(lines.numberAt(node.start));
    if (broken.size === MOST_ERROR_LINES) break;
  }
  return [...broken];
}

function calledNamesOf(root: SyntaxNode, text: string, language: Language): readonly string[] {
  const names = new Set<string>();
  for (const node of walk(root)) for (const name of language.called(node, text)) names.add(name);
  // In broken code the parser puts in names that are not there.
  names.delete('');
  return [...names];
}
