import {
  failureWords,
  mostTests,
  type ReadReport,
  result,
  shortLines,
  type TestResult,
} from './testReport.ts';

const ended =
  /^([\w.]+) \(([\w.]+)\)(?:\n[^\n]*?)? \.\.\. (?:[^\n]*?\n(?=ok$|FAIL$|ERROR$))?(ok|FAIL|ERROR|skipped .*|expected failure|unexpected success)$/gm;

/** What `python -m unittest -v` prints: a line a test, a section a failure, and a count that has to agree. */
export const readUnittest: ReadReport = (output) => {
  const text = shortLines(output);
  const counts = [...text.matchAll(/^Ran (\d+) tests? in [\d.]+s$/gm)];
  const last = /^(OK|FAILED|NO TESTS RAN)(?: \((.*)\))?$/m.exec(text.slice(counts[0]?.index ?? text.length));
  if (counts.length !== 1 || !last) return undefined;
  const faults = sections(text);
  const tests: TestResult[] = [];
  let broken: string | undefined;
  let unloaded = 0;
  const failed = new Set<string>();
  for (const fault of faults) {
    if (/_FailedTest|\.setUp(?:Class|Module)$/.test(fault.test)) {
      unloaded += fault.test.includes('_FailedTest') ? 1 : 0;
      broken ??= fault.words.split('\n').findLast((line) => line.trim() !== '') ?? '';
      continue;
    }
    const name = nameOf(fault.test);
    failed.add(fault.test);
    const words = lastLine(fault.words);
    tests.push(
      fault.kind === 'FAIL'
        ? result(name, 'failed', failureWords(words.replace(/^\w+: /, '')), fault.words)
        : result(name, 'error', words, fault.words),
    );
  }
  for (const [, , path = '', state = ''] of text.matchAll(ended)) {
    if (tests.length >= mostTests || failed.has(path)) continue;
    if (state === 'ok') tests.push(result(nameOf(path), 'passed'));
    else if (/^(?:skipped|expected)/.test(state)) tests.push(result(nameOf(path), 'skipped'));
  }
  const ran = Number(counts[0]?.[1]);
  const distinct = new Set(tests.map(({ name }) => name)).size + unloaded;
  const stated = (word: string) => Number(new RegExp(`\\b${word}=(\\d+)`).exec(last[2] ?? '')?.[1] ?? 0);
  const faulty = faults.length === stated('failures') + stated('errors');
  if (!faulty || (last[1] === 'OK') !== (faults.length === 0) || distinct !== ran) return undefined;
  return { tests, ...(broken === undefined ? {} : { broken }) };
};

interface Section {
  readonly kind: 'FAIL' | 'ERROR';
  /** `test_money.TestSplit.test_even`. */
  readonly test: string;
  readonly words: string;
}

function sections(text: string): Section[] {
  return text
    .split(/^={70}$/m)
    .slice(1)
    .flatMap((part) => {
      const head = /^\n(FAIL|ERROR): ([\w.]+) \(([\w.]+)\)/.exec(part);
      if (!head) return [];
      const [words = ''] = part.split(/^-{70}$/m).slice(1);
      const path = head[3] ?? '';
      // Before Python 3.11 only the class stands in the brackets.
      const test = path.endsWith(`.${head[2]}`) ? path : `${path}.${head[2]}`;
      return [{ kind: head[1] as Section['kind'], test, words }];
    });
}

function nameOf(path: string): string {
  const parts = path.split('.');
  return parts.slice(-2).join(' > ');
}

function lastLine(words: string): string {
  const lines = words.split('\n');
  const at = lines.findLastIndex((line) =>
    /^\w[\w.]*(?:Error|Exception|Warning|Exit|Interrupt)?(?::|$)/.test(line),
  );
  return lines.slice(Math.max(at, 0)).join('\n').trim();
}
