import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mayNameModel, modelNamed } from '../../../src/router/modelName.ts';
import { readWord } from '../../../src/router/readWord.ts';
import type { Model } from '../../../src/vocabulary/model.ts';
import type { DeveloperWord } from '../../../src/vocabulary/request.ts';

function local(name: string, change: Partial<Model> = {}): Model {
  return {
    id: { provider: 'ollama', name },
    boundary: 'machine',
    route: 'local',
    capabilities: { chat: true, tools: false, images: false, thinking: false },
    contextTokens: 8192,
    ...change,
  };
}
const installed = [
  local('codellama:13b'),
  local('codellama:70b'),
  local('llama3.2:3b'),
  local('llama3.1:8b'),
  local('qwen2.5-coder:7b'),
  local('gpt-oss:20b'),
  local('phi4:14b'),
  local('command-r:35b'),
  local('nomic-embed-text:latest', {
    capabilities: { chat: false, tools: false, images: false, thinking: false },
  }),
];
const pinned = (model: string): DeveloperWord => ({ model, said: 'prose' });
const routed = (route: 'local' | 'claude', tier?: 'haiku' | 'sonnet' | 'opus'): DeveloperWord => ({
  route,
  ...(tier ? { tier } : {}),
  said: 'prose',
});

describe('the developer’s word', () => {
  const meant: readonly (readonly [string, DeveloperWord])[] = [
    ['use CodeLlama to write the tests', pinned('codellama:13b')],
    ['Use code llama 70b for this', pinned('codellama:70b')],
    ['explain this with Llama 3B', pinned('llama3.2:3b')],
    ['With Llama 3B, explain this', pinned('llama3.2:3b')],
    ['write a parser with qwen coder', pinned('qwen2.5-coder:7b')],
    ['please use `codellama:13b` to document this', pinned('codellama:13b')],
    ['use "gpt-oss" for this', pinned('gpt-oss:20b')],
    ['use llama 3.1 to explain this', pinned('llama3.1:8b')],
    ['can you use phi 4 to review this?', pinned('phi4:14b')],
    ['write tests using the codellama model', pinned('codellama:13b')],
    ['use mistral 7b to explain this', pinned('mistral 7b')],
    ['Nutze CodeLlama, um das zu erklären', pinned('codellama:13b')],
    ['Schreibe Tests mit CodeLlama', pinned('codellama:13b')],
    ['usa CodeLlama para escribir las pruebas', pinned('codellama:13b')],
    ['utilise CodeLlama pour écrire les tests', pinned('codellama:13b')],
    ['用 codellama 写测试', pinned('codellama:13b')],
    ['create tests with the local LLM', routed('local')],
    ['use the local model for this', routed('local')],
    ['ask ollama to explain this', routed('local')],
    ['Schreibe Tests mit dem lokalen Modell', routed('local')],
    ['escribe pruebas con el modelo local', routed('local')],
    ["don't send this to the cloud. explain it", routed('local')],
    ['explain this without Claude', routed('local')],
    ['keep this on my machine', routed('local')],
    ['ask Claude', routed('claude')],
    ['Ask Claude to review this', routed('claude')],
    ['let claude write the tests', routed('claude')],
    ['have opus design the schema', routed('claude', 'opus')],
    ['refactor this with opus', routed('claude', 'opus')],
    ['use claude sonnet for this', routed('claude', 'sonnet')],
    ['Frag Claude, wie das geht', routed('claude')],
    ['demande à Claude', routed('claude')],
    ['问Claude', routed('claude')],
    ['@claude explain this', routed('claude')],
    ["don't use the local model", routed('claude')],
    ['Fix this.\nUse CodeLlama for it.', pinned('codellama:13b')],
    ['What does this do? Ask Claude.', routed('claude')],
  ];
  for (const [text, word] of meant)
    test(`is heard in "${text.replaceAll('\n', ' ')}"`, () =>
      assert.deepEqual(readWord(text, installed)?.word, word));

  for (const text of [
    'explain how the Claude API works',
    'what does ollama do',
    'fix the llama parser',
    'explain this',
    'use the Claude API to send a message',
    'use lodash to sort this',
    'use GPT-4 to compare',
    'use command to open the palette',
    'how do I use codellama to write tests?',
    'compare this with llama',
    'write a client with ollama',
    'build a chat bot using Claude',
    'add a test that works with claude',
    'why is codellama slow',
    'document the use of claude in this module',
    'encode the audio with opus',
    'explain this:\n```\nask Claude to do it\nuse codellama to write tests\n```',
    'summarize:\n> use CodeLlama to write the tests',
    'explain the sentence "use CodeLlama to write the tests"',
    'fix this\n\n    use codellama to run\n',
    'rename opus to codec',
    'use nomic-embed-text to explain',
    'generate tests with llama parser fixtures',
    'use claude-code settings as the example',
    '',
  ])
    test(`is not heard in "${text.replaceAll('\n', ' ').slice(0, 60)}"`, () =>
      assert.equal(readWord(text, installed), undefined));

  test('is not missed by the quick look for a name', () => {
    const word = fc.oneof(
      fc.constantFrom(...installed.flatMap(({ id }) => [id.name, ...id.name.split(/[-:.]/)])),
      fc.constantFrom(
        'code',
        'llama',
        'qwen',
        'gpt',
        'oss',
        'yi',
        'deep',
        'seek',
        'r1',
        '70b',
        '7',
        'instruct',
      ),
      fc.string({ maxLength: 4 }),
    );
    const name = fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.constantFrom(' ', '-', '', '.'), fc.boolean())
      .map(([words, between, loud]) => (loud ? words.join(between).toUpperCase() : words.join(between)));
    fc.assert(
      fc.property(name, (said) => {
        if (modelNamed(said, installed)) assert.ok(mayNameModel(`use ${said} to fix this`, installed));
      }),
      { numRuns: 2000 },
    );
  });

  test('says when the tag is only the nearest one', () => {
    assert.deepEqual(readWord('use codellama 34b to fix this', installed)?.reasons, [
      { code: 'wordModelNearest', params: { asked: 'codellama 34b', model: 'codellama:70b' } },
    ]);
    assert.deepEqual(readWord('use codellama to fix this', installed)?.reasons, [
      { code: 'wordModel', params: { model: 'codellama:13b' } },
    ]);
  });

  test('takes the loaded one of two that fit', () => {
    const loaded = { contextTokens: 4096, memoryBytes: 1, gpuBytes: 1 };
    const models = [local('codellama:7b', { loaded }), local('codellama:13b')];
    assert.equal(readWord('use codellama for this', models)?.word.model, 'codellama:7b');
  });

  test('is read in bounded time from any text', () => {
    for (const piece of [
      'use ',
      'with llama ',
      'please ',
      'ask claude api ',
      'a',
      '` ',
      '"',
      '> ',
      'don’t use ',
    ])
      readWord(piece.repeat(200_000), installed);
  });
});
