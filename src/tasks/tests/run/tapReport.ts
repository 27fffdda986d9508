import {
  failureWords,
  mostTests,
  type ReadReport,
  result,
  shortLines,
  type TestResult,
} from './testReport.ts';

/** What `node --test --test-reporter=tap` prints: TAP 14, groups as subtests, a block of YAML behind each result. */
export const readTap: ReadReport = (output) => {
  const lines = shortLines(output).split('\n');
  const begin = lines.indexOf('TAP version 13');
  if (begin === -1 || !lines.some((line) => /^1\.\.\d+$/.test(line))) return undefined;
  const tests: TestResult[] = [];
  const comments: string[] = [];
  /** The open groups, by how far they are indented. */
  const groups: { readonly indent: number; readonly name: string }[] = [];
  let broken: string | undefined;
  for (let index = begin + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const subtest = /^( *)# Subtest: (.*)$/.exec(line);
    if (subtest) {
      const indent = subtest[1]?.length ?? 0;
      while ((groups.at(-1)?.indent ?? -1) >= indent) groups.pop();
      groups.push({ indent, name: unescaped(subtest[2] ?? '') });
      continue;
    }
    const point = /^( *)(not )?ok \d+(?: - (.*?))?( # (?:SKIP|TODO).*)?$/.exec(line);
    if (!point) {
      if (line.startsWith('# ')) comments.push(line.slice(2));
      continue;
    }
    const indent = point[1]?.length ?? 0;
    while ((groups.at(-1)?.indent ?? -1) > indent) groups.pop();
    const facts = new Map<string, string>();
    if (/^ *---$/.test(lines[index + 1] ?? '')) index = readBlock(lines, index + 2, facts);
    const failure = facts.get('failureType');
    // A group fails with its tests, or by a hook of its own.
    if (failure === 'subtestsFailed' || (facts.get('type') === 'suite' && failure === undefined)) continue;
    const outer = groups.filter((group) => group.indent < indent).map((group) => group.name);
    const name = [...outer, unescaped(point[3] ?? '')].join(' > ');
    // The file itself, where it ended before its tests had begun.
    if (point[2] && facts.get('error') === 'test failed' && facts.has('exitCode')) {
      broken ??= whyBroken(comments);
      continue;
    }
    if (tests.length < mostTests) tests.push(testOf(name, !point[2], point[4] !== undefined, facts));
  }
  return { tests, ...(broken === undefined ? {} : { broken }) };
};

function testOf(
  name: string,
  passed: boolean,
  skipped: boolean,
  facts: ReadonlyMap<string, string>,
): TestResult {
  if (skipped) return result(name, 'skipped');
  if (passed) return result(name, 'passed');
  const error = facts.get('error') ?? '';
  const named = [facts.get('name') ?? '', error].filter(Boolean).join(': ');
  const details = [named, facts.get('stack') ?? ''].join('\n');
  const isAssertion =
    facts.get('failureType') === 'testCodeFailure' &&
    (facts.get('name') === 'AssertionError' || facts.get('code') === 'ERR_ASSERTION');
  if (!isAssertion) return result(name, 'error', named, details);
  const [expected, actual] = [facts.get('expected') ?? '', facts.get('actual') ?? ''];
  const words = expected && actual ? `expected ${expected}, got ${actual}` : failureWords(error);
  return result(name, 'failed', words, details);
}

/** Reads `key: value` lines up to `...`; gives the index of the last line of the block. */
function readBlock(lines: readonly string[], from: number, facts: Map<string, string>): number {
  const own = /^ */.exec(lines[from] ?? '')?.[0].length ?? 0;
  let index = from;
  for (; index < lines.length && !/^ *\.\.\.$/.test(lines[index] ?? ''); index += 1) {
    const entry = /^( *)(\w+): ?(.*)$/.exec(lines[index] ?? '');
    if (!entry || (entry[1]?.length ?? 0) !== own) continue;
    const key = entry[2] ?? '';
    if (!/^\|-?$/.test(entry[3] ?? '')) {
      facts.set(key, unquoted(entry[3] ?? ''));
      continue;
    }
    const block: string[] = [];
    while (/^ *$/.test(lines[index + 1] ?? 'x') || indentOf(lines[index + 1] ?? '') > own) {
      index += 1;
      if (index >= lines.length) break;
      block.push((lines[index] ?? '').slice(own + 2));
    }
    facts.set(key, block.join('\n').trimEnd());
  }
  return index;
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

function unquoted(value: string): string {
  const single = /^'(.*)'$/s.exec(value)?.[1];
  if (single !== undefined) return single.replaceAll("''", "'").replaceAll("\\'", "'");
  if (!/^".*"$/s.test(value)) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value.slice(1, -1);
  }
}

function unescaped(name: string): string {
  return name.replace(/\\([\\#])/g, '$1');
}

/** What a file's own process said before it ended: the line that names the error. */
function whyBroken(comments: readonly string[]): string {
  return (
    comments.find((line) => /^(?:\w*Error\b|\w+ \[\w+\]:)/.test(line)) ??
    comments.find((line) => /Error/.test(line)) ??
    'the file does not load'
  );
}
