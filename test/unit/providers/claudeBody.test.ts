import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { claudeBody } from '../../../src/providers/claudeBody.ts';
import { claudeModels } from '../../../src/providers/claudeModels.ts';
import { type Call, ProviderError } from '../../../src/providers/provider.ts';
import type { Model } from '../../../src/vocabulary/model.ts';
import type { Message } from '../../../src/vocabulary/request.ts';
import { callOf, told } from './asking.ts';

const tiers = { haiku: 'claude-haiku-5-5', sonnet: 'claude-sonnet-5-5', opus: 'claude-opus-5-5' };
const [haiku, sonnet, opus] = claudeModels(tiers) as [Model, Model, Model];

function bodyOf(model: Model, changes: Partial<Call> = {}): Record<string, unknown> {
  return JSON.parse(claudeBody(callOf(model, 'hello', changes))) as Record<string, unknown>;
}

const said = (role: Message['role'], text: string): Message => ({ role, parts: [{ type: 'text', text }] });
const tool = { name: 'read', description: 'reads a file', inputSchema: { type: 'object', properties: {} } };
const mark = { cache_control: { type: 'ephemeral' } };

test('Each tier has the window and the output of its model', () => {
  for (const model of [haiku, sonnet, opus])
    assert.deepEqual([model.contextTokens, model.maxOutputTokens], [1_000_000, 128_000]);
  assert.deepEqual(
    [haiku, sonnet, opus].map(({ tier, route, boundary }) => [tier, route, boundary]),
    [
      ['haiku', 'claude', 'cloud'],
      ['sonnet', 'claude', 'cloud'],
      ['opus', 'claude', 'cloud'],
    ],
  );
});

test('What Anthropic lists for a key comes before what is known without it, and a retired model goes', () => {
  const [first, second] = claudeModels(tiers, [
    { id: 'claude-haiku-5-5', max_input_tokens: 500_000, max_tokens: 32_000, lifecycle: 'active' },
    { id: 'claude-opus-5-5', lifecycle: 'retired' },
  ]);
  assert.deepEqual([first?.contextTokens, first?.maxOutputTokens], [500_000, 32_000]);
  assert.deepEqual([second?.id.name, second?.contextTokens], ['claude-sonnet-5-5', 1_000_000]);
});

test('Each model is kept from thinking in the way that it allows', () => {
  assert.deepEqual(bodyOf(haiku).thinking, { type: 'disabled' });
  assert.deepEqual(bodyOf(sonnet).thinking, { type: 'between_tools' });
  assert.equal('thinking' in bodyOf(opus), false);
  for (const model of [haiku, sonnet, opus])
    assert.deepEqual(bodyOf(model, { think: true }).thinking, { type: 'adaptive', display: 'summarized' });
});

test('A model that nobody knows is asked for nothing that it might refuse', () => {
  const body = bodyOf({ ...sonnet, id: { provider: 'claude', name: 'claude-next-9' } });
  assert.deepEqual(Object.keys(body).sort(), ['max_tokens', 'messages', 'model', 'stream']);
});

test('Effort is said, and sampling never is', () => {
  const body = bodyOf(sonnet, { effort: 'low' });
  assert.deepEqual(body.output_config, { effort: 'low' });
  for (const sampling of ['temperature', 'top_p', 'top_k']) assert.equal(sampling in body, false);
});

test('No more output is asked for than the caller counts on, nor than the model gives', () => {
  assert.equal(bodyOf(sonnet, { maxOutputTokens: 3_000 }).max_tokens, 3_000);
  assert.equal(bodyOf(sonnet, { maxOutputTokens: 900_000 }).max_tokens, 128_000);
});

test('A forced tool call is asked of a model that takes it, and of no other', () => {
  const forced = { tools: [tool], toolChoice: 'required' } as const;
  assert.deepEqual(bodyOf(haiku, forced).tool_choice, { type: 'any' });
  assert.deepEqual(bodyOf(haiku, { ...forced, think: true }).tool_choice, { type: 'auto' });
  assert.deepEqual(bodyOf(sonnet, forced).tool_choice, { type: 'auto' });
  assert.equal('tool_choice' in bodyOf(haiku, { tools: [tool] }), false);
});

test('A single question marks its stable prefix for the cache and nothing of what is asked now', () => {
  const body = bodyOf(sonnet, { messages: [said('system', 'rules'), said('user', 'now')], tools: [tool] });
  assert.deepEqual(body.system, [{ type: 'text', text: 'rules', ...mark }]);
  assert.deepEqual(body.messages, [{ role: 'user', content: [{ type: 'text', text: 'now' }] }]);
  assert.deepEqual(body.tools, [
    { name: 'read', description: 'reads a file', input_schema: { type: 'object', properties: {} } },
  ]);
});

test('Without a system prompt the tools end the stable prefix', () => {
  const [wire] = bodyOf(sonnet, { tools: [tool] }).tools as object[];
  assert.deepEqual((wire as typeof mark).cache_control, mark.cache_control);
});

test('A conversation is marked up to the turn before this one', () => {
  const body = bodyOf(sonnet, {
    messages: [said('system', 's'), said('user', 'one'), said('assistant', 'two'), said('user', 'three')],
  });
  assert.deepEqual(body.messages, [
    { role: 'user', content: [{ type: 'text', text: 'one' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'two', ...mark }] },
    { role: 'user', content: [{ type: 'text', text: 'three' }] },
  ]);
});

test('The beginning of a conversation stays the same from turn to turn, but for the cache marks', () => {
  const line = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(fc.array(line, { minLength: 3, maxLength: 9 }), (lines) => {
      const odd = lines.length % 2 === 1 ? lines : lines.slice(1);
      const turns = odd.map((text, at) => said(at % 2 === 0 ? 'user' : 'assistant', text));
      const unmarked = (messages: readonly Message[]) =>
        JSON.stringify(bodyOf(sonnet, { messages }).messages).replaceAll(
          ',"cache_control":{"type":"ephemeral"}',
          '',
        );
      const whole = unmarked(turns);
      const earlier = unmarked(turns.slice(0, -2));
      assert.ok(whole.startsWith(earlier.slice(0, -1)));
    }),
    { numRuns: 50 },
  );
});

test('Never more than the four cache marks that a request may have', () => {
  const body = JSON.stringify(
    bodyOf(sonnet, {
      messages: [
        said('system', 's'),
        said('system', 't'),
        said('user', '1'),
        said('assistant', '2'),
        said('user', '3'),
      ],
      tools: [tool, { ...tool, name: 'write' }],
    }),
  );
  assert.equal(body.split('cache_control').length - 1, 2);
});

test('Calls and results keep their ids, in characters that Anthropic takes, results first', () => {
  const body = bodyOf(sonnet, {
    messages: [
      said('user', 'go'),
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: '' },
          { type: 'toolCall', callId: 'call:1/ä', name: 'read', input: { file: 'x' } },
        ],
      },
      {
        role: 'user',
        parts: [
          { type: 'text', text: 'and then' },
          { type: 'toolResult', callId: 'call:1/ä', name: 'read', text: 'gone', failed: true },
          { type: 'image', mime: 'image/png', data: new Uint8Array([1, 2, 255]) },
        ],
      },
    ],
    tools: [tool],
  });
  assert.deepEqual((body.messages as object[]).slice(1), [
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'call_1__', name: 'read', input: { file: 'x' }, ...mark }],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'call_1__',
          content: [{ type: 'text', text: 'gone' }],
          is_error: true,
        },
        { type: 'text', text: 'and then' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AQL/' } },
      ],
    },
  ]);
});

test('A conversation that ends with the assistant, or asks nothing, is not sent', () => {
  for (const messages of [
    [said('user', 'a'), said('assistant', 'b')],
    [said('system', 's')],
    [said('user', '  ')],
    [],
  ])
    assert.throws(
      () => bodyOf(sonnet, { messages }),
      (error) => error instanceof ProviderError && told(error) === 'badRequest never',
    );
});
