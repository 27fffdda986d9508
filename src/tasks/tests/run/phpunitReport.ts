import { mostTests, type ReadReport, result, type TestResult } from './testReport.ts';

const cases = /<testcase\b((?:[^>"]|"[^"]*")*?)(?:\/>|>(.*?)<\/testcase>)/gs;
const faults = /<(failure|error|warning|skipped)\b(?:[^>"]|"[^"]*")*?(?:\/>|>(.*?)<\/\1>)/s;

/** What `phpunit --log-junit php://stdout` prints between its other lines. */
export const readPhpunit: ReadReport = (output) => {
  const xml = /<testsuites\b[^>]*>.*<\/testsuites>/s.exec(output)?.[0];
  if (xml === undefined) {
    const fatal = /^(?:PHP )?(?:Fatal|Parse) error:\s+(?:Uncaught )?([^\n]+?) in \S+:\d+$/m.exec(output)?.[1];
    const parse = /^(?:PHP )?(?:Fatal|Parse) error:\s+([^\n]+?) in \S+ on line \d+$/m.exec(output)?.[1];
    const broken = fatal ?? parse;
    return broken === undefined ? undefined : { tests: [], broken };
  }
  const tests: TestResult[] = [];
  for (const [, head = '', body = ''] of xml.matchAll(cases)) {
    if (tests.length >= mostTests) break;
    const fault = faults.exec(body);
    tests.push(testOf(attribute(head, 'name'), fault?.[1], plain(fault?.[2] ?? '')));
  }
  const stated = Number(/<testsuite\b[^>]*?\btests="(\d+)"/.exec(xml)?.[1] ?? Number.NaN);
  return tests.length === stated ? { tests } : undefined;
};

function testOf(whole: string, kind: string | undefined, details: string): TestResult {
  // A row of a table of values has its name or number behind it.
  const name = whole.replace(/ with data set .*$/s, '');
  if (kind === undefined) return result(name, 'passed');
  if (kind === 'skipped') return result(name, 'skipped');
  // The first line is the test's own name.
  const words = details.split('\n').slice(1).join('\n').trim();
  if (kind !== 'failure') return result(name, 'error', words.split('\n')[0] ?? words, words);
  const pair = /^--- Expected\n\+\+\+ Actual\n@@ @@\n-(.+)\n\+(.+)$/m.exec(words);
  const other = /Failed asserting that (.+) matches expected (.+)\.$/m.exec(words);
  const message = pair
    ? `expected ${pair[1]}, got ${pair[2]}`
    : other
      ? `expected ${other[2]}, got ${other[1]}`
      : (words.split('\n\n')[0] ?? words);
  return result(name, 'failed', message, words);
}

function attribute(head: string, name: string): string {
  return plain(new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? '');
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
  '#039': "'",
  '#10': '\n',
};

function plain(xml: string): string {
  return xml.replace(/&([\w#]+);/g, (whole, name: string) => entities[name] ?? whole);
}
