/** What is compared of a diagnostic: its line moves with the text. */
export interface Problem {
  readonly source?: string;
  readonly code?: string;
  readonly message: string;
}

/** Who complains of style, and of much else that no compiler would mind. */
const aboutStyle =
  /^(?:eslint|ts-?lint|standard|prettier|biome|stylelint|sonar\w*|cspell|flake8|pylint|pycodestyle|ruff|black|rubocop|checkstyle|pmd|phpcs|golangci-lint|clippy|markdownlint|spell\w*)\b/i;

/** The errors that were not there before: a second one of the same kind is new, wherever it stands. */
export function newProblems<One extends Problem>(
  before: readonly Problem[],
  after: readonly One[],
): readonly One[] {
  const left = new Map<string, number>();
  for (const one of before) left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + 1);
  return after.filter((one) => {
    if (aboutStyle.test(one.source ?? '')) return false;
    const count = left.get(keyOf(one)) ?? 0;
    left.set(keyOf(one), count - 1);
    return count <= 0;
  });
}

function keyOf({ source = '', code = '', message }: Problem): string {
  return [source, code, message].join('\n');
}
