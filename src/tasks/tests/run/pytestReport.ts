import { isRecord } from '../projectFolders.ts';
import { failureWords, mostTests, type ReadReport, result, type TestResult } from './testReport.ts';

/** The name of the plugin, and how its line begins. */
export const pytestPlugin = 'maia_report';

/**
 * A plugin that prints what came of each test as one line of JSON. pytest's own reports go to files, and what a
 * process writes to its standard output by name fails where that is a socket.
 */
export const pytestPluginText = `import json

tests = []
broken = []


def words(report):
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(getattr(crash, "message", "") or "")


def pytest_collectreport(report):
    if report.failed:
        broken.append(report.longreprtext[-4000:])


def pytest_runtest_logreport(report):
    if report.when != "call" and report.outcome == "passed":
        return
    tests.append(
        {
            "id": report.nodeid,
            "when": report.when,
            "outcome": report.outcome,
            "message": words(report)[:2000],
            "details": report.longreprtext[-6000:] if report.failed else "",
        }
    )


def pytest_terminal_summary(terminalreporter):
    terminalreporter.ensure_newline()
    terminalreporter.write_line("${pytestPlugin}: " + json.dumps({"tests": tests, "broken": broken}))
`;

/** What pytest prints with the plugin. */
export const readPytest: ReadReport = (output) => {
  const lines = output.split(/\r?\n/).filter((line) => line.startsWith(`${pytestPlugin}: `));
  const [line = ''] = lines;
  const report = parsed(line.slice(pytestPlugin.length + 2));
  // What prints a report of its own is not believed.
  if (lines.length !== 1 || !report) return undefined;
  const { tests: told, broken } = report;
  if (!Array.isArray(told) || !Array.isArray(broken)) return undefined;
  const tests = new Map<string, TestResult>();
  for (const one of told.slice(0, mostTests)) {
    const test = testOf(one);
    if (!test) return undefined;
    // One that passes and fails as it is cleared away has two reports: the worse counts.
    if (tests.get(test.name)?.outcome !== 'failed') tests.set(test.name, test);
  }
  return {
    tests: [...tests.values()],
    ...(broken.length > 0 ? { broken: lastError(String(broken[0])) } : {}),
  };
};

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function testOf(one: unknown): TestResult | undefined {
  if (!isRecord(one) || typeof one.id !== 'string') return undefined;
  const name = one.id.split('::').slice(1).join(' > ');
  const message = String(one.message ?? '');
  const details = String(one.details ?? '');
  if (one.outcome === 'passed') return result(name, 'passed');
  if (one.outcome === 'skipped') return result(name, 'skipped');
  if (one.outcome !== 'failed') return undefined;
  const asserted = one.when === 'call' && /^(?:AssertionError\b|assert\b|Failed: )/.test(message);
  return asserted
    ? result(name, 'failed', failureWords(message), details)
    : result(name, 'error', lastError(details) || message, details);
}

/** The last line that pytest marks as the error itself; the first where it tells of a fixture. */
function lastError(details: string): string {
  const marked = details.split('\n').filter((line) => /^E\s+\S/.test(line));
  return (marked.at(-1) ?? details.trim().split('\n').at(-1) ?? '').replace(/^E\s+/, '');
}
