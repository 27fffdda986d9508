import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ollamaBody, windowFor } from '../../../src/providers/ollamaBody.ts';
import type { Call } from '../../../src/providers/provider.ts';
import type { LoadedModel, Model } from '../../../src/vocabulary/model.ts';
import { callOf, localModel } from './asking.ts';

const loadedWith = (contextTokens: number): Model =>
  localModel({ loaded: { contextTokens, memoryBytes: 1, gpuBytes: 0 } satisfies LoadedModel });

function bodyOf(model: Model, changes: Partial<Call> = {}): Record<string, unknown> {
  return JSON.parse(ollamaBody(callOf(model, 'hello', changes))) as Record<string, unknown>;
}

test('A loaded model keeps the window it has where that is enough', () => {
  assert.equal(windowFor(loadedWith(4_096), 3_000), 4_096);
  assert.equal(windowFor(loadedWith(5_000), 5_000), 5_000);
  assert.equal(windowFor(loadedWith(32_768), 100), 32_768);
});

test('A loaded model is reloaded with the next step only where the request needs more', () => {
  assert.equal(windowFor(loadedWith(4_096), 4_097), 8_192);
});

test('A model that is not loaded gets the smallest step that holds the request', () => {
  assert.equal(windowFor(localModel(), 1), 4_096);
  assert.equal(windowFor(localModel(), 9_000), 16_384);
});

test('A window that the model file asks for is not made smaller, and the trained one not exceeded', () => {
  assert.equal(windowFor(localModel({ defaultContextTokens: 12_000 }), 100), 16_384);
  assert.equal(windowFor(localModel({ contextTokens: 8_192 }), 20_000), 8_192);
  assert.equal(windowFor(localModel({ contextTokens: 2_048 }), 100), 2_048);
});

test('The window holds the request, or is all that the model has', () => {
  fc.assert(
    fc.property(
      fc.nat(600_000),
      fc.integer({ min: 512, max: 1_000_000 }),
      fc.option(fc.nat(300_000)),
      (need, trained, loaded) => {
        const model = localModel({
          contextTokens: trained,
          ...(loaded === null ? {} : { loaded: { contextTokens: loaded, memoryBytes: 0, gpuBytes: 0 } }),
        });
        const window = windowFor(model, need);
        assert.ok(window >= need || window === trained, `${window} for ${need} of ${trained}`);
        assert.ok(window > 0);
      },
    ),
  );
});

test('Nothing is cut in silence, and nothing is sent that would reload a model', () => {
  const body = bodyOf(loadedWith(4_096));
  assert.equal(body.truncate, false);
  assert.equal(body.stream, true);
  assert.deepEqual(body.options, { num_ctx: 4_096, num_predict: 256 });
  assert.equal('shift' in body, false);
  assert.equal('keep_alive' in body, false);
});

test('Thinking is switched off by name for a model that thinks, and not named for one that cannot', () => {
  const thinking = { chat: true, tools: true, images: false, thinking: true };
  assert.equal(bodyOf(localModel({ capabilities: thinking })).think, false);
  assert.equal(bodyOf(localModel({ capabilities: thinking }), { think: true }).think, true);
  assert.equal('think' in bodyOf(localModel(), { think: true }), false);
});

test('gpt-oss gets a level, since it takes nothing else', () => {
  const model = localModel({
    id: { provider: 'ollama', name: 'gpt-oss:20b' },
    family: 'gptoss',
    capabilities: { chat: true, tools: true, images: false, thinking: true },
  });
  assert.equal(bodyOf(model).think, 'low');
  assert.equal(bodyOf(model, { think: true, effort: 'high' }).think, 'high');
});

test('Keep-alive is sent as the user wrote it, a bare number as seconds', () => {
  assert.equal(bodyOf(localModel(), { keepAlive: '10m' }).keep_alive, '10m');
  assert.equal(bodyOf(localModel(), { keepAlive: '-1' }).keep_alive, -1);
  assert.equal(bodyOf(localModel(), { keepAlive: ' 300 ' }).keep_alive, 300);
});

test('Tool calls go back as objects and each result as a message of its own, under its tool name', () => {
  const body = bodyOf(localModel(), {
    messages: [
      { role: 'system', parts: [{ type: 'text', text: 'rules' }] },
      {
        role: 'user',
        parts: [
          { type: 'text', text: 'look' },
          { type: 'image', mime: 'image/png', data: new Uint8Array([1, 2, 255]) },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: 'I ' },
          { type: 'text', text: 'ask' },
          { type: 'toolCall', callId: 'a', name: 'read', input: { file: 'x' } },
        ],
      },
      {
        role: 'user',
        parts: [
          { type: 'toolResult', callId: 'a', name: 'read', text: 'no such file', failed: true },
          { type: 'toolResult', callId: 'b', name: 'list', text: 'y' },
          { type: 'text', text: 'go on' },
        ],
      },
    ],
    tools: [{ name: 'read', description: 'reads', inputSchema: { type: 'object', properties: {} } }],
  });
  assert.deepEqual(body.messages, [
    { role: 'system', content: 'rules' },
    { role: 'user', content: 'look', images: ['AQL/'] },
    {
      role: 'assistant',
      content: 'I ask',
      tool_calls: [{ function: { name: 'read', arguments: { file: 'x' } } }],
    },
    { role: 'tool', tool_name: 'read', content: 'Error: no such file' },
    { role: 'tool', tool_name: 'list', content: 'y' },
    { role: 'user', content: 'go on' },
  ]);
  assert.deepEqual(body.tools, [
    {
      type: 'function',
      function: { name: 'read', description: 'reads', parameters: { type: 'object', properties: {} } },
    },
  ]);
});
