/** What became of one test. */
export interface TestResult {
  /** With the names of its groups before it, as `Code.testCases` has them: `parse > empty text > gives nothing`. */
  readonly name: string;
  /** `failed`: an assertion does not hold. `error`: it ended otherwise than by an assertion. */
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped';
  /** One line; empty where there is none. */
  readonly message: string;
  /** The runner's own words, with the frames of the stack where it gave any. */
  readonly details: string;
}

/** What a runner reports of one run; a text that is no report has none. */
export interface TestReport {
  readonly tests: readonly TestResult[];
  /** Why the test file itself did not run: an import, its syntax, its types. */
  readonly broken?: string;
}

/** Reads a runner's output; undefined where it holds no whole report. Never throws. */
export type ReadReport = (output: string) => TestReport | undefined;

/** Of a report, as many tests as are read. */
export const mostTests = 2_000;
const messageLimit = 300;
const detailsLimit = 6_000;

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g');

/** A text without what colours it in a terminal. */
export function uncoloured(text: string): string {
  return text.replace(escapes, '');
}

/** The words of a runner on one line, short: they may be anything, for a test wrote them. */
export function oneLine(text: string): string {
  const line = uncoloured(text.slice(0, 8 * messageLimit))
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length > messageLimit ? `${line.slice(0, messageLimit - 1)}…` : line;
}

export function result(
  name: string,
  outcome: TestResult['outcome'],
  message = '',
  details = message,
): TestResult {
  return {
    name: oneLine(name),
    outcome,
    message: oneLine(message),
    details: uncoloured(details.slice(0, detailsLimit)),
  };
}

/** The two values that an assertion compared, where its words tell them: the same words for every framework. */
export function compared(text: string): { readonly expected: string; readonly actual: string } | undefined {
  for (const { pattern, actualFirst } of comparisons) {
    const found = pattern.exec(text);
    if (!found) continue;
    const [first = '', second = ''] = [found[1], found[2]].map((one) => oneLine(one ?? ''));
    return actualFirst ? { actual: first, expected: second } : { expected: first, actual: second };
  }
  return undefined;
}

const comparisons: readonly { readonly pattern: RegExp; readonly actualFirst: boolean }[] = [
  // jest
  { pattern: /^\s*Expected: (.+)\n\s*Received: (.+)$/m, actualFirst: false },
  // JUnit
  { pattern: /expected: ?<(.*?)> but was: ?<(.*?)>/s, actualFirst: false },
  // xUnit, NUnit
  { pattern: /^\s*Expected: (.+)\r?\n\s*(?:Actual|But was):\s+(.+)$/m, actualFirst: false },
  // vitest, chai
  {
    pattern:
      /\bexpected (.+?) to (?:be|equal|strictly equal|deeply equal|deep equal|loosely deeply equal)\b:? (.+?)(?: \/\/ Object\.is equality)?$/m,
    actualFirst: true,
  },
  // pytest
  { pattern: /\bassert (.+?) == (.+)$/m, actualFirst: true },
  // node:assert, unittest
  { pattern: /^(?:.*?: )?(.+?) (?:!==|!=) (.+)$/m, actualFirst: true },
  // Go, as nearly everyone writes it
  {
    pattern: /(?:\bgot|=|\breturned)\s+(.+?)[,;]? (?:want|wanted|expected)(?:ed)?:?\s*(.+)$/im,
    actualFirst: true,
  },
];

/** What a report says of one failure, at most: patterns are slow on what a hostile test may print. */
export function bounded(words: string): string {
  return words.slice(0, 8_000).replace(/\s{200,}/g, '\n');
}

/** A text whose lines are all short, for readers that look at them with patterns. */
export function shortLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => (line.length > lineLimit ? line.slice(0, lineLimit) : line))
    .join('\n');
}
const lineLimit = 1_000;

/** An assertion's failure in a few words that stay the same from run to run. */
export function failureWords(words: string): string {
  const text = shortLines(words.slice(0, 4 * lineLimit));
  const values = compared(text);
  if (values) return `expected ${values.expected}, got ${values.actual}`;
  return oneLine(text.split('\n').find((line) => line.trim() !== '') ?? text);
}
