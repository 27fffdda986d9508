import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasChatTemplate, isNamedBase } from '../../../src/providers/chatTemplate.ts';

/** Templates as models of these names have them on Ollama. */
const templates: readonly (readonly [what: string, template: string, chat: boolean | undefined])[] = [
  ['a bare prompt', '{{ .Prompt }}', false],
  ['a bare prompt with trimmed ends', '{{- .Prompt -}}\n', false],
  [
    'a base model that fills in the middle',
    '{{- if .Suffix }}<fim_prefix>{{ .Prompt }}<fim_suffix>{{ .Suffix }}<fim_middle>\n{{- else }}{{ .Prompt }}\n{{- end }}',
    false,
  ],
  ['llama’s instructions', '[INST] <<SYS>>{{ .System }}<</SYS>>\n\n{{ .Prompt }} [/INST]\n', true],
  ['marks of a question and its answer', '### Instruction:\n{{ .Prompt }}\n\n### Response:\n', true],
  [
    'a chat that also fills in the middle',
    '{{- if .Suffix }}<|fim_prefix|>{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}<|fim_middle|>\n{{- else if .Messages }}{{ range .Messages }}{{ .Role }}{{ end }}{{ end }}',
    true,
  ],
  [
    'ChatML',
    '{{- range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n',
    true,
  ],
  ['no template at all', '', undefined],
];

for (const [what, template, chat] of templates)
  test(`${what}: ${chat === undefined ? 'nobody knows' : chat ? 'a chat' : 'no chat'}`, () => {
    assert.equal(hasChatTemplate({ template, capabilities: ['completion'] }), chat);
  });

test('An older server tells no template', () => {
  assert.equal(hasChatTemplate({}), undefined);
});

test('Tools, thinking, or a renderer of Ollama’s own are a chat, whatever the template', () => {
  const template = '{{ .Prompt }}';
  assert.equal(hasChatTemplate({ template, capabilities: ['completion', 'tools'] }), true);
  assert.equal(hasChatTemplate({ template, capabilities: ['completion', 'thinking'] }), true);
  const modelfile = 'FROM x\nTEMPLATE {{ .Prompt }}\nRENDERER qwen3-coder\nPARSER qwen3-coder\n';
  assert.equal(hasChatTemplate({ template, modelfile, capabilities: ['completion'] }), true);
});

test('A name tells a base model, and none that was taught to chat', () => {
  for (const base of [
    'qwen2.5-coder:7b-base',
    'llama3:text',
    'codellama:13b-text',
    'gemma3:12b-pt',
    'some-base',
  ])
    assert.equal(isNamedBase(base), true, base);
  for (const chat of [
    'llama3.2:3b',
    'qwen2.5-coder:7b-instruct',
    'starcoder2:15b',
    'nomic-embed-text:latest',
    'hf.co/base/model:q4',
    'codebase-helper:7b',
    'gemma3:12b-it-qat',
  ])
    assert.equal(isNamedBase(chat), false, chat);
});
