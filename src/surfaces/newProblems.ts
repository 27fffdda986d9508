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

/** The lines of a changed text that are new in it, 1-based, both ends included; the one at the place where only lines went. */
export function changedLines(
  before: string,
  after: string,
): { readonly first: number; readonly last: number } {
  const [was, is] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const most = Math.min(was.length, is.length);
  let head = 0;
  while (head < most && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < most - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  const first = Math.min(head + 1, is.length);
  return { first, last: Math.max(first, is.length - tail) };
}

function keyOf({ source = '', code = '', message }: Problem): string {
  return [source, code, message].join('\n');
}
