import {
  failureWords,
  mostTests,
  type ReadReport,
  result,
  shortLines,
  type TestResult,
} from './testReport.ts';

/** What `dotnet test --logger "console;verbosity=normal"` prints: a line a test, a section a failure, a count. */
export const readDotnet: ReadReport = (output) => {
  const text = shortLines(output);
  const total = /^[ \t]*Total tests: (\d+)$/m.exec(text)?.[1];
  if (total === undefined) {
    const broken = /^.*?(\w+\.cs\(\d+,\d+\): error \w+: [^\n[]+)/m.exec(text)?.[1];
    return broken === undefined ? undefined : { tests: [], broken };
  }
  const tests: TestResult[] = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const end = /^ {2}(Passed|Failed|Skipped) (\S.*?)(?: \[[^\]]*\])?$/.exec(line);
    if (!end || tests.length >= mostTests) continue;
    // The class and its namespace stand before the method, the arguments behind it.
    const name = (end[2] ?? '').replace(/\(.*$/s, '').split('.').at(-1) ?? '';
    if (end[1] === 'Failed') tests.push(failureOf(name, lines, index + 1));
    else tests.push(result(name, end[1] === 'Passed' ? 'passed' : 'skipped'));
  }
  return tests.length === Number(total) ? { tests } : undefined;
};

function failureOf(name: string, lines: readonly string[], from: number): TestResult {
  const until = lines.findIndex(
    (line, at) => at >= from && /^ {2}(?:Passed|Failed|Skipped) |^(?:Test Run|Total tests)/.test(line),
  );
  const words = lines.slice(from, until === -1 ? from + 60 : Math.min(until, from + 60)).join('\n');
  const message = /Error Message:\n([\s\S]*?)(?:\n\s*Stack Trace:|$)/.exec(words)?.[1] ?? words;
  return /^\s*(?:Assert\.|Expected|Shouldly|\w+ should)/.test(message) ||
    /^\s*(?:Expected|But was):/m.test(message)
    ? result(name, 'failed', failureWords(message), words)
    : result(name, 'error', message, words);
}
