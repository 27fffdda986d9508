import { dirname, join } from 'node:path';
import type { TestCase } from '../../code/code.ts';
import type { Finding } from '../../vocabulary/verdict.ts';
import { escaped } from '../pattern.ts';
import type { TaskTools } from '../tasks.ts';
import { asksAway, caseAt, dangersOf, withoutComments } from './dangers.ts';
import { clockFaults } from './realClock.ts';
import type { Composed } from './testFile.ts';
import type { TestsPlan } from './testsPlan.ts';

/** What frameworks give every test file; more than one of them has is no harm. */
const given: readonly string[] = [
  ...['describe', 'it', 'test', 'expect', 'suite', 'before', 'after', 'beforeEach', 'afterEach', 'beforeAll'],
  ...['afterAll', 'specify', 'context', 'setup', 'teardown', 'jest', 'vi', 'sinon', 'chai', 'assert', 'cy'],
];

/** What tests that parse and call their target get wrong; empty where nothing is certain. */
export async function testsFaults(
  plan: TestsPlan,
  composed: Composed,
  cases: readonly TestCase[],
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Finding[]> {
  return [
    ...(await strangeNames(plan, composed, tools, signal)),
    ...(await missingImports(plan, composed.fresh, tools, signal)),
    ...reachesOut(plan, composed.fresh, cases),
    ...dangersOf(plan.languageId, composed.fresh, [plan.source, plan.existing ?? ''], cases),
    ...clockFaults(composed.fresh, plan.source, cases),
  ];
}

/** A package's other files declare names for Go and Java: there nobody can say without reading them all. */
const selfContained = /^(?:python|(?:type|java)script(?:react)?)$/;

async function strangeNames(
  { languageId, existing }: TestsPlan,
  composed: Composed,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Finding[]> {
  if (!selfContained.test(languageId)) return [];
  const ask = (text: string, known: readonly string[]) =>
    tools.code.undeclared({ languageId, text }, { start: 0, end: text.length }, known, signal);
  const before = existing === undefined ? undefined : await ask(existing, []);
  const known = [...(languageId === 'python' ? [] : given), ...(before?.ok ? before.value : [])];
  const found = await ask(composed.after, known);
  return (found.ok ? found.value : [])
    .slice(0, 5)
    .map((name): Finding => ({ code: 'undefinedName', params: { name } }));
}

/** Names that the module under test does not have, and modules beside the test file that are not there. */
async function missingImports(
  plan: TestsPlan,
  fresh: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { languageId, subject, source } = plan;
  if (!selfContained.test(languageId)) return [];
  const imports = await tools.code.imports({ languageId, text: fresh }, signal);
  if (!imports.ok) return [];
  const missing: string[] = [];
  for (const { module, names, span } of imports.value) {
    const statement = fresh.slice(span.start, span.end);
    if (withoutEnding(module) === withoutEnding(subject.module) && module !== '')
      missing.push(...unknownNames(statement, names, source));
    else if (/^\.\.?\//.test(module) && !(await isThere(join(dirname(plan.path), module), tools, signal)))
      missing.push(module);
  }
  return [...new Set(missing)].map((name): Finding => ({ code: 'importMissing', params: { name } }));
}

/** Of names imported from the source those that are not in it at all, under the name that they have there. */
function unknownNames(statement: string, names: readonly string[], source: string): string[] {
  if (/export\s*\*|^\s*from\s.*import\s*\*|module\.exports\s*=\s*(?:require|Object)/m.test(source)) return [];
  const braces = /\{([^}]*)\}/.exec(statement)?.[1] ?? /\bimport\s+\(?([\w\s,]+)\)?\s*$/.exec(statement)?.[1];
  if (braces === undefined || names.includes('*')) return [];
  return braces
    .split(',')
    .map((entry) => /^\s*(?:type\s+)?([\w$]+)/.exec(entry)?.[1] ?? '')
    .filter((name) => name !== '' && name !== 'default')
    .filter((name) => !new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`).test(source));
}

/** The file under test may not be saved yet, and be named with or without its ending. */
function withoutEnding(module: string): string {
  return module.replace(/\.[cm]?[jt]sx?$/, '');
}

const endings = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.json',
  '.d.ts',
  '.vue',
  '.css',
];

async function isThere(path: string, tools: TaskTools, signal: AbortSignal): Promise<boolean> {
  const stem = path.replace(/\.[cm]?jsx?$/, '');
  const candidates = [
    ...endings.flatMap((ending) => [path + ending, stem + ending]),
    ...['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs'].map((ending) => join(path, `index${ending}`)),
  ];
  for (const one of new Set(candidates)) if (await tools.files.stat(one, signal)) return true;
  // A loader of the project's own may know it.
  return /\.[a-z]+$/.test(path) && !/\.[cm]?[jt]sx?$/.test(path);
}

const remote =
  /\b(?:fetch|axios(?:\.\w+)?|requests\.(?:get|post|put|patch|delete|head)|urlopen|http\.(?:Get|Post|Head))\(\s*[frb]?['"`]https?:\/\/(?!localhost|127\.|\[::1|[\w.-]*example\.|[\w.-]*\.(?:test|invalid|local))/;
const played = /mock|stub|nock|msw|responses|httptest|intercept|patch|fake|vcr/i;
const ownPath = /['"`]((?:\/home\/|\/Users\/|[A-Z]:\\{1,2}Users\\{1,2})[\w.-]+[^'"`\n]*)['"`]/;

/** The network where nothing plays it, and a path of one machine that the code under test does not know. */
function reachesOut({ languageId, source }: TestsPlan, fresh: string, cases: readonly TestCase[]): Finding[] {
  const findings: Finding[] = [];
  // What is only spoken of, or imported and not used, plays nothing.
  const used = withoutComments(languageId, fresh).replace(/^(?:import|from)\b[^\n;]*/gm, '');
  const isPlayed = played.test(used);
  if (!isPlayed) {
    for (const { name, span } of cases)
      if (remote.test(fresh.slice(span.start, span.end)))
        findings.push({ code: 'usesNetwork', params: { test: name } });
    const at = asksAway(languageId, fresh, source);
    if (findings.length === 0 && at !== undefined)
      findings.push({ code: 'usesNetwork', params: { test: caseAt(cases, at) } });
  }
  // A path that is only taken apart needs no machine: one that is opened does.
  const path = ownPath.exec(fresh)?.[1];
  const opens =
    /\b(?:open|readFile(?:Sync)?|ReadFile|readdir(?:Sync)?|chdir|listdir|existsSync|stat(?:Sync)?)\(\s*['"`](?:\/home\/|\/Users\/|[A-Z]:)/;
  if (path !== undefined && !source.includes(path) && opens.test(fresh) && !isPlayed)
    findings.push({ code: 'absolutePath', params: { text: path } });
  return findings;
}
