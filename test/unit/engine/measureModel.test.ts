import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureModel } from '../../../src/engine/measureModel.ts';
import { systemClock } from '../../../src/platform/node/systemClock.ts';
import { createProviders, type Providers } from '../../../src/providers/providers.ts';
import { type OllamaServer, ollamaFaults, startOllama } from '../../servers/ollama.ts';

const name = 'llama3.2:3b';
const signal = new AbortController().signal;

function measuring(
  sentence: string,
  run: (at: { readonly server: OllamaServer; readonly providers: Providers }) => Promise<void>,
): void {
  test(sentence, async () => {
    const server = await startOllama({ models: [name] });
    const providers = createProviders({
      policy: () => ({
        mode: 'auto',
        dial: 'balanced',
        tasks: {},
        models: { allow: [], deny: [], allowOrigins: [], denyOrigins: [] },
        patience: { streamedMs: 15_000, heldMs: 60_000 },
        budget: {},
        offline: false,
        claude: {
          baseUrl: 'http://127.0.0.1:9',
          models: { haiku: 'claude-haiku-5-5', sonnet: 'claude-sonnet-5-5', opus: 'claude-opus-5-5' },
          cheapTier: false,
        },
        ollama: { host: server.url },
        privacy: { protectedPaths: [], trustedHosts: [] },
        verify: { runTests: false },
        baseline: 'claude-sonnet-5-5',
        prices: {},
        footer: 'full',
      }),
      clock: systemClock,
      secrets: { claudeKey: async () => undefined, onDidChange: () => ({ dispose: () => {} }) },
      online: () => true,
      practice: false,
      resilience: { retries: 0 },
    });
    try {
      await providers.health.check(signal);
      await run({ server, providers });
    } finally {
      await providers.close();
      await server.close();
    }
  });
}

measuring('A measured model has a speed from then on', async ({ providers }) => {
  const { health, ollama } = providers;
  const measured = await measureModel(name, ollama, health, systemClock, signal);
  assert.ok(measured.ok && measured.value.tokensPerSecond > 0);
  const candidate = health.current().candidates.find(({ model }) => model.id.name === name);
  assert.equal(candidate?.speed?.tokensPerSecond, measured.value.tokensPerSecond);
  assert.equal(candidate?.speed?.samples, 1);
});

measuring('A model that fails has none, and the measurement says why', async ({ providers, server }) => {
  const { health, ollama } = providers;
  server.fail(ollamaFaults.loadFails('not enough memory'));
  const measured = await measureModel(name, ollama, health, systemClock, signal);
  assert.ok(!measured.ok);
  assert.equal(measured.failure.code, 'modelLoadFailed');
  assert.equal(health.current().candidates[0]?.speed, undefined);
  const unknown = await measureModel('nobody:1b', ollama, health, systemClock, signal);
  assert.deepEqual(unknown, { ok: false, failure: { code: 'modelMissing', params: { model: 'nobody:1b' } } });
});
