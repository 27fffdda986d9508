import { failureWords, mostTests, type ReadReport, result, type TestResult } from './testReport.ts';

/** What `pytest --junitxml=/dev/stdout` prints between its other lines. */
export const readPytest: ReadReport = (output) => {
  const starts = output.split('<testsuites').length - 1;
  const xml = /<testsuites\b[^>]*>.*<\/testsuites>/s.exec(output)?.[0];
  if (starts !== 1 || xml === undefined) return undefined;
  const stated = Number(/<testsuite\b[^>]*?\btests="(\d+)"/.exec(xml)?.[1] ?? Number.NaN);
  const tests: TestResult[] = [];
  let seen = 0;
  let broken: string | undefined;
  for (const [, head = '', body = ''] of xml.matchAll(
    /<testcase\b((?:[^>"]|"[^"]*")*?)(?:\/>|>(.*?)<\/testcase>)/gs,
  )) {
    seen += 1;
    if (seen > mostTests) break;
    const fault = /<(failure|error|skipped)\b((?:[^>"]|"[^"]*")*?)(?:\/>|>(.*?)<\/\1>)/s.exec(body);
    const details = plain(fault?.[3] ?? '');
    const message = attribute(fault?.[2] ?? '', 'message');
    if (fault?.[1] === 'error' && /^collection failure/.test(message)) {
      broken ??= lastError(details);
      continue;
    }
    const name = [...classes(attribute(head, 'classname')), attribute(head, 'name')].join(' > ');
    tests.push(testOf(name, fault?.[1], message, details));
  }
  if (seen !== stated) return undefined;
  return { tests, ...(broken === undefined ? {} : { broken }) };
};

function testOf(name: string, kind: string | undefined, message: string, details: string): TestResult {
  if (kind === undefined) return result(name, 'passed');
  if (kind === 'skipped') return result(name, 'skipped');
  if (kind === 'failure' && /^(?:AssertionError\b|assert\b|Failed: )/.test(message))
    return result(name, 'failed', failureWords(message), details);
  return result(name, 'error', kind === 'error' ? lastError(details) : message, details);
}

/** `tests.test_money.TestSplit` has the class `TestSplit`; modules are written small. */
function classes(dotted: string): string[] {
  return dotted.split('.').filter((part) => /^_*[A-Z]/.test(part));
}

function attribute(head: string, name: string): string {
  return plain(new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? '');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function plain(xml: string): string {
  return xml.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** The last line that pytest marks as the error itself. */
function lastError(details: string): string {
  const marked = details.split('\n').filter((line) => /^E\s+\S/.test(line));
  return (marked.at(-1) ?? details.trim().split('\n').at(-1) ?? '').replace(/^E\s+/, '');
}
