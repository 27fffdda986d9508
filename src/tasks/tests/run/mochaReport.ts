import { isRecord } from '../projectFolders.ts';
import {
  bounded,
  failureWords,
  mostTests,
  type ReadReport,
  result,
  shortLines,
  type TestResult,
} from './testReport.ts';

/** What mocha's reporter `json-stream` prints: an array a line, `start` first and `end` last. */
export const readMocha: ReadReport = (output) => {
  const tests: TestResult[] = [];
  let end: Record<string, unknown> | undefined;
  for (const line of output.split('\n')) {
    if (!/^\["(?:start|pass|fail|end)",\{/.test(line)) continue;
    const [kind, data] = parsed(line);
    if (!isRecord(data)) return undefined;
    if (kind === 'start') continue;
    if (kind === 'end') {
      if (end) return undefined;
      end = data;
    } else {
      if (typeof data.title !== 'string' || typeof data.fullTitle !== 'string') return undefined;
      if (tests.length < mostTests) tests.push(testOf(kind === 'pass', data.fullTitle, data));
    }
  }
  if (end) {
    const failed = tests.filter(({ outcome }) => outcome !== 'passed').length;
    return end.passes === tests.length - failed && end.failures === failed ? { tests } : undefined;
  }
  // It loads every file before it begins: what breaks there ends it without a report.
  const broken = /(?:Exception during run:\s*)?((?:[A-Z]\w*)?Error(?: \[\w+\])?: [^\n]+)/.exec(
    shortLines(output),
  )?.[1];
  return broken === undefined || tests.length > 0 ? undefined : { tests, broken };
};

function parsed(line: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function testOf(passed: boolean, name: string, data: Record<string, unknown>): TestResult {
  if (passed) return result(name, 'passed');
  const words = typeof data.err === 'string' ? bounded(data.err) : '';
  const stack = typeof data.stack === 'string' ? bounded(data.stack) : words;
  const hook = /^"(?:before|after)(?: each| all)?" hook/.test(String(data.title));
  return /^(?:AssertionError|assert)/.test(stack) && !hook
    ? result(name, 'failed', failureWords(words), stack)
    : result(name, 'error', stack.split(/\n\s+at /)[0], stack);
}
