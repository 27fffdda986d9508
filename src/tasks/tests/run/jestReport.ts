import { isRecord } from '../projectFolders.ts';
import { bounded, failureWords, mostTests, type ReadReport, result, type TestResult } from './testReport.ts';

/** What jest's `--json` and vitest's `--reporter=json` print: one line, the same form. */
export const readJest: ReadReport = (output) => {
  const reports = output
    .split('\n')
    .filter((line) => /^\s*\{"num(?:Total|Failed)TestSuites":/.test(line))
    .map(parsed);
  const [report] = reports;
  // What prints a report of its own is not believed.
  if (reports.length !== 1 || !isRecord(report) || !Array.isArray(report.testResults)) return undefined;
  const tests: TestResult[] = [];
  let broken: string | undefined;
  for (const file of report.testResults) {
    if (!isRecord(file) || !Array.isArray(file.assertionResults)) return undefined;
    for (const one of file.assertionResults.slice(0, mostTests)) {
      const test = testOf(one);
      if (!test) return undefined;
      tests.push(test);
    }
    if (file.status === 'failed' && file.assertionResults.length === 0)
      broken ??= whyBroken(typeof file.message === 'string' ? bounded(file.message) : '');
  }
  if (tests.length !== report.numTotalTests) return undefined;
  return { tests, ...(broken === undefined ? {} : { broken }) };
};

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function testOf(one: unknown): TestResult | undefined {
  if (!isRecord(one) || typeof one.title !== 'string' || !Array.isArray(one.ancestorTitles)) return undefined;
  const name = [...one.ancestorTitles.filter((title) => title !== ''), one.title].join(' > ');
  const words = bounded((Array.isArray(one.failureMessages) ? one.failureMessages : []).join('\n\n'));
  switch (one.status) {
    case 'passed':
      return result(name, 'passed');
    case 'failed':
      return isAssertion(words)
        ? result(name, 'failed', failureWords(withoutStack(words)), words)
        : result(name, 'error', withoutStack(words), words);
    case 'pending':
    case 'skipped':
    case 'todo':
    case 'disabled':
      return result(name, 'skipped');
    default:
      return undefined;
  }
}

/** jest's `expect` throws a plain `Error` that begins with the matcher's hint. */
function isAssertion(words: string): boolean {
  return /^(?:AssertionError|JestAssertionError|Error: (?:expect\(|expect\.|Snapshot|thrown: "Exceeded timeout)|assert)/.test(
    words.replace(/^\s+/, ''),
  );
}

function withoutStack(words: string): string {
  return words.split(/\n\s+at /)[0] ?? words;
}

function whyBroken(message: string): string {
  return message.replace(/^[\s●]*Test suite failed to run\s*/, '').split(/\n\s*\n/)[0] ?? message;
}
