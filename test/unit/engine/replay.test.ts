import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Request } from '../../../src/vocabulary/request.ts';
import type { SettingName } from '../../../src/vocabulary/settings.ts';
import { tasks } from '../../../src/vocabulary/task.ts';
import { type AnthropicServer, startAnthropic } from '../../servers/anthropic.ts';
import { type OllamaServer, startOllama } from '../../servers/ollama.ts';
import { type Rig, requestFor, rigUp, run, secretForm, vatTarget } from './rig.ts';

let ollama: OllamaServer;
let claude: AnthropicServer;
let rig: Rig;
before(async () => {
  ollama = await startOllama({
    models: ['codellama:13b', 'llama3.2:3b', 'qwen2.5-coder:7b', 'nomic-embed-text:latest'],
  });
  claude = await startAnthropic();
  rig = await rigUp({ ollama: ollama.url, claude: claude.url, key: claude.key });
});
after(async () => {
  await rig.close();
  await ollama.close();
  await claude.close();
});

const text = fc.oneof(
  fc.constantFrom(
    'explain how a circuit breaker works',
    'design a multi-tenant billing architecture',
    'unit tets pls',
    'use codellama to explain closures',
    'ask Claude: why is the sky blue?',
    'use mixtral for this',
    'was macht diese Funktion?',
    'fix it',
    '',
    `explain GITHUB_TOKEN=${secretForm}`,
    'word '.repeat(4_000),
  ),
  fc.string({ maxLength: 80, unit: 'grapheme' }),
);

const word = fc.constantFrom<Request['word'][]>(
  ...Array(10).fill(undefined),
  { route: 'local', said: 'command' },
  { route: 'claude', said: 'command' },
  { route: 'claude', tier: 'opus', said: 'setting' },
  { model: 'llama3.2:3b', said: 'prose' },
  { model: 'the one from /home/ada/models', said: 'prose' },
);

const request = fc.record({
  text,
  word,
  task: fc.option(fc.constantFrom(...tasks), { nil: undefined, freq: 2 }),
  conversation: fc.option(fc.integer({ min: 1, max: 60 }).map(String), { nil: undefined }),
  tools: fc.boolean(),
  target: fc.boolean(),
  /** How many events are read before it is cancelled. */
  events: fc.constantFrom(1, 1, 1, 2, 100_000),
  lists: fc.constantFrom<Partial<Record<SettingName, readonly string[]>>>(
    ...Array(9).fill({}),
    { 'maia.models.allow': ['qwen*', 'claude*'] },
    { 'maia.models.allow': ['/home/ada/own model'] },
    { 'maia.models.deny': ['codellama*'] },
    { 'maia.models.allowOrigins': ['United States'] },
    { 'maia.models.denyOrigins': ['China'] },
    { 'maia.models.denyOrigins': ['Meta'] },
  ),
  settings: fc.record({
    'maia.mode': fc.constantFrom('auto', 'auto', 'localOnly', 'claudeOnly'),
    'maia.dial': fc.constantFrom('economy', 'balanced', 'quality'),
    'maia.offline': fc.constantFrom(false, false, false, true),
    'maia.claude.cheapTier': fc.boolean(),
    'maia.budget.day': fc.constantFrom(0, 0, 0.02, 5),
    'maia.patience.streamed': fc.constantFrom(1, 15, 600),
    'maia.patience.held': fc.constantFrom(1, 60),
    'maia.tasks': fc.constantFrom({}, {}, { explain: 'claude', tests: 'local' }),
    'maia.privacy.protectedPaths': fc.constantFrom(...Array(9).fill([]), ['**/project/**']),
    'maia.privacy.trustedHosts': fc.constantFrom([], ['https://ada:secret@gpu.lan']),
  }),
});

test('three hundred requests of all kinds are decided again as they were', async () => {
  let same = 0;
  let refused = 0;
  let learned = 0;
  await fc.assert(
    fc.asyncProperty(
      request,
      async ({ text, word, task, conversation, tools, target, events, lists, settings }) => {
        const none = { allow: [], deny: [], allowOrigins: [], denyOrigins: [] };
        for (const [list, empty] of Object.entries(none))
          Object.assign(rig.settings, { [`maia.models.${list}`]: empty });
        Object.assign(rig.settings, settings, lists);
        const asked = requestFor(text, {
          ...(word ? { word } : {}),
          ...(task ? { task } : {}),
          ...(conversation === undefined ? {} : { conversation }),
          ...(tools ? { tools: [{ name: 'weather', description: 'The weather of a city' }] } : {}),
          ...(target ? { target: vatTarget } : {}),
          folder: '/home/ada/shop',
        });
        const cancel = new AbortController();
        let seen = 0;
        const { outcome } = await run(rig.engine, asked, cancel.signal, () => {
          if (++seen >= events) cancel.abort();
        });
        const again = await rig.engine.replay(asked.id);
        if (again.kind === 'notKept') {
          // Nothing was decided: there was nothing to work on.
          assert.equal(outcome.decision, undefined);
          assert.notEqual(outcome.failure?.code, 'nothingLeft');
          return;
        }
        assert.deepEqual(again.again, {
          ...again.recorded,
          ...('failure' in again.again ? { failure: again.again.failure } : {}),
        });
        assert.equal(again.kind, 'same');
        same += 1;
        if ('failure' in again.recorded) {
          refused += 1;
          assert.deepEqual(await rig.engine.undecidedOf(asked.id), again.recorded);
          assert.equal(outcome.end, 'failed');
        } else if (outcome.end === 'answered') {
          await rig.engine.feedback(asked.id, 'good');
          learned += 1;
        }
      },
    ),
    { numRuns: 300 },
  );
  assert.ok(
    same > 200 && same - refused > 50 && refused > 10 && learned > 3,
    `${same} same, ${refused} refused, ${learned} learned from`,
  );
});

test('what is kept of a decision is small', () => {
  const db = new DatabaseSync(`${rig.home}/ledger.sqlite`, { readOnly: true });
  const row = db.prepare('SELECT max(length(input)) AS most, avg(length(input)) AS mean FROM inputs').get();
  db.close();
  assert.ok(Number(row?.most) < 4_000, `${row?.most} bytes`);
  assert.ok(Number(row?.mean) < 1_600, `${row?.mean} bytes`);
});

test('a request that the ledger knows nothing of can not be decided again', async () => {
  assert.deepEqual(await rig.engine.replay('nobody asked this'), { kind: 'notKept' });
});
