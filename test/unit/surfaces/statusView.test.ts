import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPhrases } from '../../../src/phrases/phrases.ts';
import { type StatusInput, statusView } from '../../../src/surfaces/statusView.ts';
import type { Health } from '../../../src/vocabulary/health.ts';
import type { Candidate } from '../../../src/vocabulary/model.ts';

const candidate: Candidate = {
  model: {
    id: { provider: 'ollama', name: 'llama3.2:3b' },
    boundary: 'machine',
    route: 'local',
    capabilities: { chat: true, tools: true, images: false, thinking: false },
    contextTokens: 131_072,
    loaded: { contextTokens: 4096, memoryBytes: 2_900_000_000, gpuBytes: 0 },
  },
  state: 'ready',
  busy: false,
  fitsMemory: true,
  toolsProven: false,
  speed: { firstTokenMs: 300, tokensPerSecond: 41.3, samples: 3 },
};

const health: Health = {
  local: 'ready',
  claude: 'ready',
  host: 'http://127.0.0.1:11434',
  candidates: [candidate],
  lastErrors: [],
  machineMemoryBytes: 16e9,
  practice: false,
};

function view(change: Partial<StatusInput> = {}, healthChange: Partial<Health> = {}) {
  return statusView({
    health: { ...health, ...healthChange },
    served: { local: 3, all: 4 },
    mode: 'auto',
    dial: 'balanced',
    budget: [],
    offline: false,
    practice: false,
    phrases: createPhrases(),
    ...change,
  });
}

test('the share is of what was really served today', () => {
  assert.equal(view().text, '$(chip) Maia 75% local');
  assert.equal(view({ served: { local: 0, all: 0 } }).text, '$(chip) Maia');
});

test('each local state has its own icon', () => {
  const icons = (['ready', 'loading', 'busy', 'unreachable', 'noModels'] as const).map(
    (local) => view({}, { local, claude: 'noKey' }).text.split(' ')[0],
  );
  assert.equal(new Set(icons).size, icons.length);
});

test('the background warns only where nothing can answer', () => {
  assert.equal(view({}, { local: 'unreachable', claude: 'noKey' }).warning, true);
  assert.equal(view({}, { local: 'unreachable' }).warning, false);
  assert.equal(view({}, { claude: 'noKey' }).warning, false);
  assert.equal(view({ mode: 'localOnly' }, { local: 'unreachable' }).warning, true);
});

test('the tooltip has a table of models with memory, window and speed', () => {
  assert.match(
    view().tooltip.replaceAll('&nbsp;', ''),
    /\| llama3\.2:3b *\| 2\\\.9 GB *\| 4,096 *\| 41 *\| – *\|/,
  );
});

test('the last error of a model stands in its row', () => {
  const shown = view(
    {},
    {
      lastErrors: [
        { model: 'llama3.2:3b', failure: { code: 'cut', params: { model: 'llama3.2:3b' } }, at: 1 },
      ],
    },
  );
  const row = shown.tooltip.split('\n').find((line) => line.startsWith('| llama3.2:3b'));
  assert.ok(row && !row.includes('| – |'), row);
});

test('a workbench in the browser of the same machine is not called another machine', () => {
  for (const remote of ['127.0.0.1:36763', 'localhost:8080', 'localhost'])
    assert.doesNotMatch(view({ remote }).tooltip, /connected to/);
  assert.match(view({ remote: 'build.example.org:8080' }).tooltip, /connected to/);
});

test('a model is not offered for pulling where there is no Ollama to pull it', () => {
  const tooltip = view({}, { local: 'unreachable' }).tooltip;
  assert.doesNotMatch(tooltip, /maia\.pullModel/);
  assert.match(tooltip, /maia\.openWalkthrough/);
  assert.match(view().tooltip, /maia\.pullModel/);
});

test('in a remote window it is said which machine "local" is', () => {
  assert.match(view({ remote: 'ssh-remote+build-box' }).tooltip, /ssh-remote&#43;build-box/);
});

test('a screen reader hears state, Claude and share without icons', () => {
  const { accessibilityLabel } = view({ practice: true });
  assert.match(accessibilityLabel, /^Maia, practice, Local models are ready/);
  assert.doesNotMatch(accessibilityLabel, /\$\(/);
});

test('before the first look nothing is claimed', () => {
  assert.match(view({ health: undefined }).text, /spin/);
});

test('the tooltip says what is taken of a budget, and where the dial stands', () => {
  const day = {
    period: 'day',
    since: 0,
    limitUsd: 2,
    spentUsd: 0.4,
    reservedUsd: 0.02,
    leftUsd: 1.58,
  } as const;
  const month = { ...day, period: 'month', limitUsd: 20, spentUsd: 3.5, reservedUsd: 0 } as const;
  const { tooltip, accessibilityLabel } = view({ budget: [day, month], dial: 'quality' });
  assert.match(
    accessibilityLabel,
    /\$0\.42 of \$2\.00 are spent today\., \$3\.50 of \$20\.00 are spent this month\./,
  );
  assert.match(tooltip, /spent today/);
  assert.match(tooltip, /\[Dial: quality\]\(command:maia\.chooseDial\)/);
  assert.doesNotMatch(view().tooltip, /spent/);
});
