import { mostTests, type ReadReport, result, type TestResult } from './testReport.ts';

/** What a program of GoogleTest's prints: a block a test, and a count at the end; before it, what the compiler says. */
export const readGoogleTest: ReadReport = (output) => {
  const text = output.replaceAll('\r\n', '\n');
  const count = /^\[==========\] (\d+) tests? from \d+ test (?:suites?|cases?) ran\./m.exec(text);
  if (!count) {
    const fault = /^(?:[^\s:]+[\\/])?([^\s:\\/]+:\d+):\d+: (?:fatal )?error: ([^\n]+)/m.exec(text);
    // Without its headers or its library nothing says anything of the test.
    if (!fault || /gtest|gmock/.test(fault[2] ?? '') || /\[ RUN/.test(text)) return undefined;
    return { tests: [], broken: `${fault[1]}: ${fault[2]}` };
  }
  const tests: TestResult[] = [];
  for (const [, name = '', words = '', state] of text.matchAll(
    /^\[ RUN {6}\] (\S+)\n([\s\S]*?)^\[ {2,7}(OK|FAILED|SKIPPED) {1,2}\] \1\b/gm,
  )) {
    if (tests.length >= mostTests) break;
    if (state === 'FAILED') tests.push(faulty(name, words));
    else tests.push(result(name, state === 'OK' ? 'passed' : 'skipped'));
  }
  return tests.length === Number(count[1]) ? { tests } : undefined;
};

function faulty(name: string, words: string): TestResult {
  if (/^unknown file: Failure$/m.test(words) && !/^\S+:\d+: Failure$/m.test(words)) {
    const thrown =
      /with description "([^"\n]*)"/.exec(words)?.[1] ?? /^C\+\+ exception[^\n]*/m.exec(words)?.[0];
    return result(name, 'error', thrown ?? 'an exception', words);
  }
  const said = words.replace(/^\S+:\d+: Failure\n/m, '');
  const pair =
    /^Expected equality of these values:\n {2}(.+)\n(?: {4}Which is: (.+)\n)? {2}(.+)(?:\n {4}Which is: (.+))?/m.exec(
      said,
    );
  const message = pair
    ? `expected ${pair[4] ?? pair[3]}, got ${pair[2] ?? pair[1]}`
    : said.trim().split('\n').join(' ');
  return result(name, 'failed', message, words);
}
