import { mostTests, type ReadReport, result, type TestResult } from './testReport.ts';

/** What `cargo test` prints: a line a test, then what the failing ones said, then a count for each target. */
export const readCargo: ReadReport = (output) => {
  const text = output.replaceAll('\r\n', '\n');
  if (!/^test result: /m.test(text)) {
    const broken =
      /^error(?:\[E\d+\])?: (?!could not compile|failed to|no matching|test failed)([^\n]+)\n\s*--> [^\n]+/m.exec(
        text,
      );
    return broken ? { tests: [], broken: broken[1] ?? '' } : undefined;
  }
  const said = new Map<string, string>();
  for (const [, name = '', words = ''] of text.matchAll(
    /^---- (\S+)(?: - should panic)? stdout ----\n([\s\S]*?)(?=^---- \S+|^failures:|^test result: )/gm,
  ))
    said.set(name, words.trim());
  const tests: TestResult[] = [];
  for (const [, name = '', state = ''] of text.matchAll(
    /^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED|ignored)\b/gm,
  )) {
    if (tests.length >= mostTests) break;
    tests.push(testOf(name, state, said.get(name) ?? ''));
  }
  const counted = [...text.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm)];
  const stated = counted.reduce(
    (sum, found) => sum + Number(found[1]) + Number(found[2]) + Number(found[3]),
    0,
  );
  return tests.length === stated ? { tests } : undefined;
};

/** How the language itself and its library panic; an assertion may say anything. */
const ownPanic =
  /^(?:called `|index out of bounds|attempt to |slice index|range (?:start|end)|byte index|already (?:mutably )?borrowed|not implemented|internal error)/;

function testOf(path: string, state: string, said: string): TestResult {
  const name = path.replaceAll('::', ' > ');
  if (state !== 'FAILED') return result(name, state === 'ok' ? 'passed' : 'skipped');
  const calm = /^note: (test did not panic as expected)/m.exec(said)?.[1];
  if (calm !== undefined) return result(name, 'failed', calm, said);
  const words = said
    .replace(/^[\s\S]*?^thread '[^']*'(?: \(\d+\))? panicked at [^\n]*\n/m, '')
    .replace(/^note: .*$/gm, '')
    .trim();
  const sides = /^\s*left: (.+)\n\s*right: (.+)$/m.exec(words);
  if (sides && /left == right/.test(words))
    return result(name, 'failed', `expected ${sides[2]}, got ${sides[1]}`, said);
  return result(name, ownPanic.test(words) ? 'error' : 'failed', words.split('\n')[0] ?? words, said);
}
