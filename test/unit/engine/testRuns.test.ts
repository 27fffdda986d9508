import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Target } from '../../../src/vocabulary/request.ts';
import { startAnthropic } from '../../servers/anthropic.ts';
import { startOllama } from '../../servers/ollama.ts';
import { processRunner } from '../tasks/processRunner.ts';
import { requestFor, rigUp, run, secretForm as secret } from './rig.ts';

const source = `/** The sum of what a cart costs: \`total([1, 2])\` is \`3\`. */
export function total(prices) {
  let sum = 0;
  for (const price of prices) sum += price;
  return sum;
}
`;

const answer = (five: number) =>
  `\`\`\`js\nit('adds two', () => { assert.equal(total([1, 2]), 3); });\nit('adds one', () => { assert.equal(total([5]), ${five}); });\nit('is nothing', () => { assert.equal(total([]), 0); });\n\`\`\``;

/** An engine whose tests really run, on a local model that says what it is told to, and Claude beside it. */
async function rigWith(t: TestContext, code: string, says: (asked: string) => string) {
  const folder = await mkdtemp(join(tmpdir(), 'maia-cart-'));
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "scripts": { "test": "node --test" } }');
  const path = join(folder, 'src', 'cart.js');
  await writeFile(path, code);
  await writeFile(join(folder, 'src', 'rates.js'), `export const token = '${secret}';\n`);
  const asked: string[] = [];
  const ollama = await startOllama({
    models: ['codellama:13b'],
    says: ({ turns }) => {
      const last = turns.at(-1)?.text ?? '';
      asked.push(last);
      return says(last);
    },
  });
  const claude = await startAnthropic({ says: ({ turns }) => says(turns.at(-1)?.text ?? '') });
  const runner = processRunner();
  const rig = await rigUp({ ollama: ollama.url, claude: claude.url, key: claude.key, folder, runner });
  t.after(async () => {
    await rig.close();
    await ollama.close();
    await claude.close();
    await rm(folder, { recursive: true, force: true });
  });
  const at = code.indexOf('let sum');
  const target: Target = {
    uri: pathToFileURL(path).href,
    path,
    folder,
    languageId: 'javascript',
    text: code,
    partial: false,
    selection: { start: at, end: at },
    indent: { size: 2, tabs: false },
  };
  const request = requestFor('', { task: 'tests', target, surface: 'command', messages: [] });
  return { engine: rig.engine, claude, runner, asked, request };
}

test('a model whose test fails is told both values, and its second answer runs green', async (t) => {
  const { engine, claude, asked, request } = await rigWith(t, source, (last) =>
    answer(/expected 6, got 5/.test(last) ? 5 : 6),
  );
  const { outcome, events } = await run(engine, request);
  assert.equal(asked.length, 2, JSON.stringify(outcome.verdict));
  assert.match(asked[1] ?? '', /The test "adds one" fails: expected 6, got 5/);
  const codes = outcome.verdict?.findings.map(({ code }) => code) ?? [];
  assert.equal(outcome.verdict?.kind, 'passed');
  assert.ok(codes.includes('testsPass') && codes.includes('faultsNoticed'), codes.join());
  assert.equal(claude.bills.length, 0);
  const steps = events.flatMap((event) =>
    event.type === 'progress' && event.progress.code === 'checking' ? [event.progress.params] : [],
  );
  assert.deepEqual(steps[0], {}, 'first that it is checked at all');
  assert.ok(
    steps.some(({ doing }) => doing === 'tests'),
    'then that the tests run',
  );
  const last = steps.at(-1);
  assert.equal(last?.doing, 'faults');
  assert.deepEqual(
    last?.found?.find(({ code }) => code === 'testsPass'),
    { code: 'testsPass', params: { tests: 3 } },
  );
});

test('where the code does what its doc denies nobody else is asked, the test is offered, and nothing is learnt', async (t) => {
  const wrong = source.replace('let sum = 0', 'let sum = prices.length > 1 ? 1 : 0');
  const { engine, claude, asked, request } = await rigWith(t, wrong, () => answer(5));
  const { outcome } = await run(engine, request);
  assert.deepEqual(
    outcome.verdict?.findings,
    [{ code: 'suspectedBug', params: { test: 'adds two', message: 'expected 3, got 4' } }],
    JSON.stringify(outcome.failure),
  );
  assert.equal(asked.length, 1, 'no repair');
  assert.equal(claude.bills.length, 0, 'no Claude');
  assert.equal(outcome.failure?.code, 'checkFailed');
  assert.match(outcome.proposal?.after ?? '', /total\(\[1, 2\]\), 3/);
  assert.deepEqual(await engine.lessons(), []);
});

test('tests that the developer has read run as read; what is not that text does not', async (t) => {
  const { engine, runner, request } = await rigWith(t, source, () => answer(5));
  const { outcome } = await run(engine, request);
  const seen = outcome.proposal?.after ?? '';
  const before = runner.seen.length;
  const never = new AbortController().signal;
  const judged = await engine.judgeAgain(request, 'tests', outcome.text, never, { seen });
  assert.equal(judged?.verdict.kind, 'passed');
  assert.equal(runner.seen[before], true, 'it may run without a sandbox');
  await engine.judgeAgain(request, 'tests', answer(5), never, { seen: `${seen}\n` });
  assert.equal(runner.seen.at(-1), false);
  assert.equal(runner.asked.length, 1, 'nobody is asked twice');
});

test('what a run printed goes to Claude with a permit for its bytes alone: a secret of the project stays here', async (t) => {
  const throws = "  if (prices[0] === 5) throw new Error('no rate for '.concat(token));\n  let sum";
  const telling = `import { token } from './rates.js';\n${source.replace('  let sum', throws)}`;
  const { engine, claude, runner, request } = await rigWith(t, telling, () => answer(5));
  const word = { route: 'claude', said: 'command' } as const;
  const { outcome } = await run(engine, { ...request, word });
  assert.equal(outcome.attempts[0]?.route, 'claude');
  assert.ok(runner.ran.length > 0);
  assert.ok(
    outcome.attempts.some(({ verdict }) => JSON.stringify(verdict ?? '').includes(secret)),
    'the run did print it',
  );
  assert.equal(claude.arrivals.holds(secret), false);
});
