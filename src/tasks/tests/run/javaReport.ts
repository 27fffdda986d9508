import {
  failureWords,
  mostTests,
  type ReadReport,
  result,
  shortLines,
  type TestResult,
} from './testReport.ts';

const counted =
  /^\[(?:INFO|ERROR|WARNING)\] Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)$/gm;
const faulted =
  /^\[ERROR\] ([\w.$]+)\.([^\s(]+)(?:\([^\n]*?\))?(?:\[\d+\])?(?:\{[^\n]*?\})? -- Time elapsed: [^\n]*<<< (FAILURE|ERROR)!\n([\s\S]*?)(?=\n\n|\n\[)/gm;

/** What Maven's surefire prints: a section a fault, and a count at the end. Tests that pass have no name there. */
export const readMaven: ReadReport = (output) => {
  const text = shortLines(output);
  const count = [...text.matchAll(counted)].at(-1);
  if (!count) {
    const broken = /^\[ERROR\] (\S+\.java:\[\d+,\d+\] [^\n]+(?:\n {2}[^\n]+)*)/m.exec(text)?.[1];
    return broken === undefined ? undefined : { tests: [], broken: broken.replace(/^.*[\\/]/, '') };
  }
  const [ran = 0, failures = 0, errors = 0, skipped = 0] = count.slice(1).map(Number);
  const faults: TestResult[] = [];
  for (const [, , method = '', kind, words = ''] of text.matchAll(faulted)) {
    const first = words.split('\n\tat ')[0] ?? words;
    const assertion = kind === 'FAILURE';
    const told = first.replace(/^[\w.$]+: /, '');
    faults.push(
      assertion ? result(method, 'failed', failureWords(told), words) : result(method, 'error', first, words),
    );
  }
  if (faults.length !== failures + errors || ran > mostTests) return undefined;
  const others = Math.max(0, ran - faults.length);
  const rest = Array.from({ length: others }, (_, index) =>
    result(`#${index + 1}`, index < skipped ? 'skipped' : 'passed'),
  );
  return { tests: [...faults, ...rest] };
};

/** What Gradle prints with every test's end logged. */
export const readGradle: ReadReport = (output) => {
  const text = shortLines(output);
  if (!/^BUILD (?:SUCCESSFUL|FAILED)\b/m.test(text)) return undefined;
  const tests: TestResult[] = [];
  const ends =
    /^[\w.$]+(?: > [^\n]*?)? > (\S[^\n]*?)(?:\(\))? (PASSED|FAILED|SKIPPED)\n((?: {4}[^\n]*\n)*)/gm;
  for (const [, name = '', state, words = ''] of text.matchAll(ends)) {
    if (tests.length >= mostTests) break;
    const told = words.trim();
    const first = told.split(/\n\s*at /)[0] ?? told;
    if (state === 'PASSED') tests.push(result(name, 'passed'));
    else if (state === 'SKIPPED') tests.push(result(name, 'skipped'));
    else if (/Assertion(?:Failed)?Error|ComparisonFailure|MultipleFailures/.test(first))
      tests.push(result(name, 'failed', failureWords(first.replace(/^[\w.$]+: /, '')), told));
    else tests.push(result(name, 'error', first, told));
  }
  const broken = /^(?:\S*[\\/])?(\w+\.java:\d+: error: [^\n]+)/m.exec(text)?.[1];
  return { tests, ...(tests.length === 0 && broken !== undefined ? { broken } : {}) };
};
