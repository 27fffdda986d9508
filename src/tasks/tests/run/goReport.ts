import { isRecord } from '../projectFolders.ts';
import { failureWords, mostTests, type ReadReport, result, type TestResult } from './testReport.ts';

/** What `go test -json` prints: an event a line. */
export const readGo: ReadReport = (output) => {
  const said = new Map<string, string[]>();
  const states = new Map<string, 'pass' | 'fail' | 'skip'>();
  const build: string[] = [];
  let whole = false;
  for (const line of output.split('\n')) {
    if (!line.startsWith('{')) {
      // Before Go 1.24 the compiler speaks beside the report.
      if (/^[\w./-]+\.go:\d+/.test(line)) build.push(line);
      continue;
    }
    const event = parsed(line);
    if (!event) continue;
    const { Action: action, Test: test, Output: words } = event;
    if (action === 'build-output' && typeof words === 'string') build.push(words.trimEnd());
    const ends = action === 'pass' || action === 'fail' || action === 'skip';
    if (typeof test !== 'string') {
      if (ends) whole = true;
      continue;
    }
    if (action === 'output' && typeof words === 'string') {
      const list = said.get(test) ?? [];
      if (list.length < 400) list.push(words);
      said.set(test, list);
    } else if (ends && states.size < mostTests) states.set(test, action);
  }
  if (!whole) return undefined;
  const parents = new Set([...states.keys()].flatMap((name) => ancestors(name)));
  const tests = [...states]
    .filter(([name, state]) => !parents.has(name) || (state === 'fail' && hasOwnFault(name, said)))
    .map(([name, state]) => testOf(name, state, said.get(name) ?? []));
  const broken = build.find((line) => /\.go:\d+/.test(line));
  return tests.length === 0 && broken !== undefined ? { tests, broken } : { tests };
};

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `TestSum/empty/list` is within `TestSum` and `TestSum/empty`. */
function ancestors(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

const place = /^\s+[\w.-]+_test\.go:\d+: /;

function hasOwnFault(name: string, said: ReadonlyMap<string, readonly string[]>): boolean {
  return (said.get(name) ?? []).some((line) => place.test(line) || /^panic: /.test(line));
}

function testOf(name: string, state: 'pass' | 'fail' | 'skip', said: readonly string[]): TestResult {
  if (state !== 'fail') return result(name, state === 'pass' ? 'passed' : 'skipped');
  const panic = said.find((line) => /^panic: /.test(line));
  const details = said.join('');
  if (panic) return result(name, 'error', panic.replace(/ \[recovered.*\]$/m, ''), details);
  const fault = said.find((line) => place.test(line));
  return result(
    name,
    'failed',
    failureWords(fault?.replace(place, '') ?? 'it fails without a word'),
    details,
  );
}
