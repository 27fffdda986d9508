import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closeDirectFetch } from '../../../src/providers/directFetch.ts';
import { createOllamaProvider } from '../../../src/providers/ollama.ts';
import { type Fault, ProviderError } from '../../../src/providers/provider.ts';
import type { Failure } from '../../../src/vocabulary/failure.ts';
import { type OllamaServer, startOllama } from '../../servers/ollama.ts';
import { callOf, hear, localModel, never } from './asking.ts';

const model = localModel();
const { name } = model.id;
let server: OllamaServer;
before(async () => {
  server = await startOllama({ models: [name] });
});
after(async () => {
  await server.close();
  await closeDirectFetch();
});

interface Expected {
  readonly failure: Failure;
  readonly remedy: ProviderError['remedy'];
  readonly fault: Fault;
}

function told(status: number, said: string | object, expected: Expected, headers = {}): void {
  const shown = typeof said === 'string' ? said : JSON.stringify(said);
  test(`${status} ${shown.slice(0, 90)} is ${expected.failure.code}`, async () => {
    const ollama = createOllamaProvider({ address: () => server.url });
    const body = typeof said === 'string' ? { error: said } : said;
    const type = { 'Content-Type': 'application/json; charset=utf-8' };
    server.fail({ how: 'status', status, body: JSON.stringify(body), headers: { ...type, ...headers } });
    const composed = ollama.compose(callOf(model, 'hello'));
    const { error } = await hear(ollama.stream({ boundary: 'machine', composed }, never));
    assert.ok(error instanceof ProviderError);
    assert.deepEqual({ failure: error.failure, remedy: error.remedy, fault: error.fault }, expected);
    assert.equal(error.free, true);
  });
}

const badRequest = (detail: string): Expected => ({
  failure: { code: 'badRequest', params: { provider: 'Ollama', detail } },
  remedy: 'never',
  fault: 'request',
});
const lacks = (capability: 'chat' | 'tools' | 'thinking' | 'images'): Expected => ({
  failure: { code: 'modelLacks', params: { model: name, capability } },
  remedy: 'elsewhere',
  fault: 'request',
});
const loadFailed = (detail: string): Expected => ({
  failure: { code: 'modelLoadFailed', params: { model: name, detail } },
  remedy: 'elsewhere',
  fault: 'model',
});

told(400, 'unexpected EOF', badRequest('unexpected EOF'));
told(400, 'model is required', badRequest('model is required'));
told(400, '/home/somebody/.ollama/models/x does not support tools', lacks('tools'));
told(400, `"${name}" does not support thinking`, lacks('thinking'));
told(400, `"${name}" does not support chat`, lacks('chat'));
told(400, `"${name}" does not support generate`, lacks('chat'));
told(
  400,
  JSON.stringify({ error: { code: 400, message: 'it does not support multimodal requests', type: 'x' } }),
  lacks('images'),
);
told(
  400,
  JSON.stringify({
    error: {
      code: 400,
      message: 'request (4511 tokens) exceeds the available context size (2048 tokens), try increasing it',
      type: 'exceed_context_size_error',
      n_prompt_tokens: 4511,
      n_ctx: 2048,
    },
  }),
  {
    failure: { code: 'contextTooLong', params: { model: name, needed: 4511, window: 2048 } },
    remedy: 'elsewhere',
    fault: 'request',
  },
);
told(400, 'the prompt is longer than the context length currently available to the model; shorten it', {
  failure: { code: 'contextTooLong', params: { model: name, needed: 4097, window: 4096 } },
  remedy: 'elsewhere',
  fault: 'request',
});
for (const status of [401, 403])
  told(status, 'unauthorized', {
    failure: { code: 'modelNotAvailable', params: { model: name } },
    remedy: 'elsewhere',
    fault: 'account',
  });
told(404, `model '${name}' not found`, {
  failure: { code: 'modelMissing', params: { model: name } },
  remedy: 'elsewhere',
  fault: 'request',
});
told(
  429,
  'too many requests',
  {
    failure: { code: 'rateLimited', params: { retryAfterSeconds: 7 } },
    remedy: 'elsewhere',
    fault: 'account',
  },
  { 'Retry-After': '7' },
);
told(500, 'option "num_ctx" must be of type integer', badRequest('option "num_ctx" must be of type integer'));
told(
  500,
  'llama-server process has terminated: exit status 1: error: /home/somebody/models/blob-1 is broken',
  loadFailed('llama-server process has terminated: exit status 1: error: … is broken'),
);
told(
  500,
  'model requires more system memory (8.4 GiB) than is available (3.1 GiB)',
  loadFailed('model requires more system memory (8.4 GiB) than is available (3.1 GiB)'),
);
told(500, 'an error was encountered while running the model: unexpected EOF', {
  failure: { code: 'engineCrashed', params: { model: name } },
  remedy: 'again',
  fault: 'model',
});
told(500, 'something that nobody has seen yet', {
  failure: { code: 'serverError', params: { provider: 'Ollama', status: 500 } },
  remedy: 'elsewhere',
  fault: 'model',
});
told(501, 'This server does not support embeddings. Start it with `--embeddings`', {
  failure: {
    code: 'badRequest',
    params: {
      provider: 'Ollama',
      detail: 'This server does not support embeddings. Start it with `--embeddings`',
    },
  },
  remedy: 'never',
  fault: 'request',
});
told(502, 'cloud unreachable', {
  failure: { code: 'serverError', params: { provider: 'Ollama', status: 502 } },
  remedy: 'again',
  fault: 'model',
});
told(503, 'server busy, please try again.  maximum pending requests exceeded', {
  failure: { code: 'queueFull', params: { model: name } },
  remedy: 'again',
  fault: 'request',
});
