import { isRecord } from '../projectFolders.ts';
import { mostTests, oneLine, type ReadReport, result, type TestResult } from './testReport.ts';

/** What `rspec --format json` prints: one line with all of it. */
export const readRspec: ReadReport = (output) => {
  const line = output.split('\n').find((one) => one.includes('{"version":"') && one.includes('"examples":['));
  const report = line === undefined ? undefined : parsed(line.slice(line.indexOf('{"version":"')));
  const summary = report?.summary;
  if (!report || !Array.isArray(report.examples) || !isRecord(summary)) return undefined;
  const examples: unknown[] = report.examples;
  if (examples.length !== summary.example_count) return undefined;
  const tests = examples.slice(0, mostTests).flatMap((one) => (isRecord(one) ? [exampleOf(one)] : []));
  if (tests.length > 0 || !summary.errors_outside_of_examples_count) return { tests };
  const said = Array.isArray(report.messages) ? report.messages.map(String).join('\n') : '';
  return { tests, broken: /^\s*(\w*Error:\s*\n[^\n]+)/m.exec(said)?.[1] ?? said };
};

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    // What the examples themselves print may stand behind it on the same line.
    const value: unknown = JSON.parse(line.slice(0, line.lastIndexOf('}') + 1));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function exampleOf(one: Readonly<Record<string, unknown>>): TestResult {
  // RSpec puts `#add` right behind the name of its class.
  const name = String(one.full_description ?? '').replace(/(\w)([#.]\w+[?!=]?)(?=\s|$)/, '$1 $2');
  if (one.status === 'passed') return result(name, 'passed');
  const thrown = one.exception;
  if (one.status !== 'failed' || !isRecord(thrown)) return result(name, 'skipped');
  const words = String(thrown.message ?? '').trim();
  if (!/ExpectationNotMetError|MultipleExpectationsNotMet/.test(String(thrown.class)))
    return result(name, 'error', `${String(thrown.class)}: ${words}`, words);
  const pair = /expected: (.+)\n\s*got: (.+)/.exec(words);
  return result(name, 'failed', pair ? `expected ${pair[1]}, got ${pair[2]}` : words, words);
}

/** What Minitest prints with `-v`: a line a test, then a piece for each that did not pass, then a count. */
export const readMinitest: ReadReport = (output) => {
  const text = output.replaceAll('\r\n', '\n');
  const count = /^(\d+) runs, \d+ assertions, \d+ failures, \d+ errors, \d+ skips/m.exec(text);
  if (!count) {
    const broken =
      /: ([^\n]*?)\s*\((?:LoadError|SyntaxError|NameError|NoMethodError|TypeError|ArgumentError)\)$/m.exec(
        text,
      );
    return broken ? { tests: [], broken: broken[1] ?? '' } : undefined;
  }
  const said = new Map<string, { readonly kind: string; readonly words: string }>();
  for (const [, kind = '', name = '', words = ''] of text.matchAll(
    /^ {2}\d+\) (Failure|Error|Skipped):\n(\S+?)(?: \[[^\n]*\])?:\n([\s\S]*?)(?=\n\n {2}\d+\) |\n\n\d+ runs, )/gm,
  ))
    said.set(name, { kind, words });
  const tests: TestResult[] = [];
  for (const [, name = '', state = ''] of text.matchAll(/^(\S+#\S+) = [\d.]+ s = ([.FES])$/gm)) {
    if (tests.length >= mostTests) break;
    tests.push(testOf(name, state, said.get(name)?.words ?? ''));
  }
  return tests.length === Number(count[1]) ? { tests } : undefined;
};

function testOf(place: string, state: string, words: string): TestResult {
  const name = place.replace('#', ' > ');
  if (state === '.') return result(name, 'passed');
  if (state === 'S') return result(name, 'skipped');
  if (state === 'E') return result(name, 'error', words.split('\n')[0] ?? words, words);
  const pair = /^Expected: (.+)\n {2}Actual: (.+)$/m.exec(words);
  return result(name, 'failed', pair ? `expected ${pair[1]}, got ${pair[2]}` : oneLine(words), words);
}
