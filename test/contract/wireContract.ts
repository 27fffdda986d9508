import assert from 'node:assert/strict';
import { test as register } from 'node:test';
import { type Body, refusals, tool, user } from './refusals.ts';
import type { Subject } from './subject.ts';

function post(subject: Subject, path: string, body: Body | string, method = 'POST'): Promise<Response> {
  return fetch(subject.url + path, { method, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

const keys = (value: unknown) => Object.keys(value as object).join(' ');

const chunkKeys = 'model created_at message done';
const accountKeys =
  'total_duration load_duration prompt_eval_count prompt_eval_duration eval_count eval_duration';

/** What bytes go over the wire, whoever asks. */
export function wireContract(the: () => Subject, skip: string | false): void {
  const test = (name: string, run: () => Promise<void>) => register(name, { skip }, run);

  test('the time at which a model leaves memory stands still while it answers, and is put off after', async () => {
    const name = the().textModel;
    const expiry = async () => {
      const { models } = (await (await fetch(`${the().url}/api/ps`)).json()) as { models: Body[] };
      return Date.parse(String(models.find((model) => model.name === name)?.expires_at));
    };
    // Names that share their weights share the place in memory, which goes by the name that came first.
    await (await post(the(), '/api/chat', { model: name, messages: [], keep_alive: 0 })).text();
    const options = { num_ctx: 4_096, num_predict: 120 };
    const body = { model: name, messages: [user('Tell a long story.')], options };
    await (await post(the(), '/api/chat', { ...body, options: { ...options, num_predict: 1 } })).text();
    const before = await expiry();
    const answering = await post(the(), '/api/chat', body);
    const during = [await expiry(), await expiry()];
    await answering.text();
    assert.deepEqual(during, [before, before]);
    for (let tries = 0; (await expiry()) <= before; tries += 1) assert.ok(tries < 200, 'it is put off');
  });

  test('plain answers have Go’s headers and texts', async () => {
    const root = await fetch(`${the().url}/`);
    assert.equal(await root.text(), 'Ollama is running');
    assert.equal(root.headers.get('content-type'), 'text/plain; charset=utf-8');
    const missing = await fetch(`${the().url}/no/such/path`);
    assert.equal(missing.status, 404);
    assert.equal(await missing.text(), '404 page not found');
    const wrong = await post(the(), '/api/tags', '');
    assert.equal(wrong.status, 405);
    assert.equal(await wrong.text(), '405 method not allowed');
    const version = await fetch(`${the().url}/api/version`);
    assert.equal(version.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.match(await version.text(), /^\{"version":"\d+\.\d+\.\d+[^"]*"\}$/);
  });

  test('the list and the description have the fields that clients read', async () => {
    const { models } = (await (await fetch(`${the().url}/api/tags`)).json()) as { models: Body[] };
    const row = models.find((model) => model.name === the().textModel);
    assert.ok(row);
    assert.equal(keys(row), 'name model modified_at size digest details capabilities');
    assert.equal(
      keys(row.details),
      'parent_model format family families parameter_size quantization_level context_length embedding_length',
    );
    assert.match(String(row.digest), /^[0-9a-f]{64}$/);
    assert.match(String(row.modified_at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/);
    const show = (await (await post(the(), '/api/show', { model: the().textModel })).json()) as Body;
    for (const key of [
      'modelfile',
      'parameters',
      'template',
      'details',
      'model_info',
      'capabilities',
      'modified_at',
    ])
      assert.ok(key in show, `show has ${key}`);
    const info = show.model_info as Body;
    assert.equal(typeof info[`${info['general.architecture']}.context_length`], 'number');
    assert.equal(typeof info['general.parameter_count'], 'number');
    assert.deepEqual(show.capabilities, row.capabilities);
  });

  for (const [what, path, body, status, text] of refusals)
    test(`${what} is refused with ${status} and the server’s own words`, async () => {
      const filled = JSON.parse(JSON.stringify(body).replaceAll('TEXT', the().textModel)) as Body | string;
      const answer = await post(the(), path, filled);
      assert.equal(answer.status, status);
      assert.deepEqual(await answer.json(), { error: text.replaceAll('TEXT', the().textModel) });
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    });

  test('a stream is one JSON object a line, and the last one holds the account', async () => {
    const answer = await post(the(), '/api/chat', {
      model: the().textModel,
      messages: user('Say hello to <b>Ann & Bob</b>.'),
      options: { num_predict: 8 },
    });
    assert.equal(answer.headers.get('content-type'), 'application/x-ndjson');
    assert.equal(answer.headers.get('content-length'), null);
    const text = await answer.text();
    assert.ok(text.endsWith('\n'));
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Body);
    const last = lines.pop();
    assert.ok(lines.length > 0);
    for (const line of lines) assert.equal(keys(line), chunkKeys);
    assert.equal(keys(last), `${chunkKeys} done_reason ${accountKeys}`);
    assert.deepEqual(last?.message, { role: 'assistant', content: '' });
    assert.ok(last?.done_reason === 'length' ? last.eval_count === 8 : last?.done_reason === 'stop');
    assert.ok(!/[<>&]/.test(text), 'Go escapes what HTML would read');
  });

  test('an answer that is not streamed is one object with all of it', async () => {
    const answer = await post(the(), '/api/chat', {
      model: the().textModel,
      stream: false,
      messages: user('Say hello.'),
      options: { num_predict: 8 },
    });
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
    const whole = (await answer.json()) as Body & { message: { content: string } };
    assert.equal(keys(whole), `${chunkKeys} done_reason ${accountKeys}`);
    assert.ok(whole.message.content.length > 0);
  });

  test('log probabilities come with each token', async () => {
    const body = {
      model: the().textModel,
      messages: user('Say hello.'),
      logprobs: true,
      top_logprobs: 1,
      options: { num_predict: 2 },
    };
    const lines = (await (await post(the(), '/api/chat', body)).text()).trimEnd().split('\n');
    const first = JSON.parse(lines[0]!) as Body & { logprobs: Body[] };
    assert.equal(keys(first), `${chunkKeys} logprobs`);
    assert.equal(keys(first.logprobs[0]), 'token logprob bytes top_logprobs');
    assert.equal(keys(JSON.parse(lines.at(-1)!)), `${chunkKeys} done_reason ${accountKeys}`);
    const whole = (await (await post(the(), '/api/chat', { ...body, stream: false })).json()) as Body;
    assert.equal(keys(whole), `${chunkKeys} done_reason logprobs ${accountKeys}`);
    assert.ok(Array.isArray(whole.logprobs) && whole.logprobs.length > 0);
  });

  test('an answer with a schema fits it', async () => {
    const answer = await post(the(), '/api/chat', {
      model: the().textModel,
      stream: false,
      messages: user('Is the sky blue? Say it as JSON with the key "ok".'),
      format: { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] },
      options: { num_predict: 100, temperature: 0 },
    });
    const { message } = (await answer.json()) as { message: { content: string } };
    const said = JSON.parse(message.content) as Body;
    assert.equal(keys(said), 'ok');
    assert.equal(typeof said.ok, 'boolean');
  });

  test('a completion has its own fields', async () => {
    const answer = await post(the(), '/api/generate', {
      model: the().textModel,
      prompt: 'Say hello.',
      options: { num_predict: 2 },
    });
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Body);
    assert.equal(keys(lines[0]), 'model created_at response done');
    assert.equal(keys(lines.at(-1)), `model created_at response done done_reason context ${accountKeys}`);
  });

  test('no messages load the model, and unload it with a keep-alive of 0', async () => {
    let row: Body | undefined;
    // Others may free the memory of a server that is not the test's own.
    for (let tries = 0; row === undefined && tries < 5; tries += 1) {
      const loaded = await post(the(), '/api/chat', { model: the().textModel, messages: [] });
      assert.equal(loaded.headers.get('content-type'), 'application/json; charset=utf-8');
      const load = (await loaded.json()) as Body;
      assert.equal(keys(load), `${chunkKeys} done_reason`);
      assert.equal(load.done_reason, 'load');
      const ps = (await (await fetch(`${the().url}/api/ps`)).json()) as { models: Body[] };
      row = ps.models.find((model) => model.name === the().textModel);
    }
    assert.ok(row, 'it is in memory');
    assert.equal(keys(row), 'name model size digest details expires_at size_vram context_length');
    const unload = (await (
      await post(the(), '/api/chat', { model: the().textModel, messages: [], keep_alive: 0 })
    ).json()) as Body;
    assert.equal(unload.done_reason, 'unload');
  });

  test('the window in memory is the one that was asked for, the trained one at most', async () => {
    const windowWith = async (options: Body) => {
      const answer = await post(the(), '/api/chat', {
        model: the().textModel,
        messages: user('Hi'),
        options: { num_predict: 1, ...options },
      });
      await answer.text();
      const { models } = (await (await fetch(`${the().url}/api/ps`)).json()) as { models: Body[] };
      return models.find((model) => model.name === the().textModel)?.context_length;
    };
    const { models } = (await (await fetch(`${the().url}/api/tags`)).json()) as { models: Body[] };
    const row = models.find((model) => model.name === the().textModel) as { details: Body } | undefined;
    const usual = await windowWith({});
    assert.equal(await windowWith({ num_ctx: 2048 }), 2048);
    assert.equal(await windowWith({}), usual, 'leaving it out goes back to the default');
    const trained = Number(row?.details.context_length);
    // A longer one could take all of a visited machine's memory.
    if (trained <= 16_384) assert.equal(await windowWith({ num_ctx: 10_000_000 }), trained);
  });

  test('a prompt beyond the window is refused with its exact length, as JSON within the error', async () => {
    const answer = await post(the(), '/api/chat', {
      model: the().textModel,
      truncate: false,
      messages: user('word '.repeat(3000)),
      options: { num_ctx: 2048 },
    });
    assert.equal(answer.status, 400);
    const { error } = (await answer.json()) as { error: string };
    const inner = (JSON.parse(error) as { error: Body & { n_prompt_tokens: number } }).error;
    assert.equal(keys(inner), 'code message type n_prompt_tokens n_ctx');
    assert.equal(inner.type, 'exceed_context_size_error');
    assert.equal(inner.n_ctx, 2048);
    assert.ok(inner.n_prompt_tokens > 3000);
    const message = `request (${inner.n_prompt_tokens} tokens) exceeds the available context size (2048 tokens), try increasing it`;
    assert.equal(inner.message, message);
  });

  test('without that wish the same prompt is cut in silence', async () => {
    const answer = await post(the(), '/api/chat', {
      model: the().textModel,
      stream: false,
      messages: user('word '.repeat(900)),
      options: { num_ctx: 512, num_predict: 2 },
    });
    assert.equal(answer.status, 200);
    const { prompt_eval_count: count } = (await answer.json()) as { prompt_eval_count: number };
    assert.ok(count > 100 && count < 512, `${count} tokens were left`);
  });

  test('the whole prompt is counted also when its beginning was read before', async () => {
    const ask = async () => {
      const answer = await post(the(), '/api/chat', {
        model: the().textModel,
        stream: false,
        messages: user('Name three colours of the rainbow, please.'),
        options: { num_predict: 2 },
      });
      return ((await answer.json()) as Body).prompt_eval_count;
    };
    const first = await ask();
    assert.equal(await ask(), first);
  });

  test('a call is one chunk with an id and an object, and the answer still ends with stop', async () => {
    const answer = await post(the(), '/api/chat', {
      model: the().toolModel,
      tools: [tool],
      messages: user('What is the weather in Paris?'),
    });
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Body);
    assert.equal(lines.length, 2);
    const message = lines[0]?.message as Body & { tool_calls: (Body & { function: Body })[] };
    assert.equal(keys(message), 'role content tool_calls');
    assert.equal(message.content, '');
    const [call] = message.tool_calls;
    assert.match(String(call?.id), /^call_[0-9a-z]{8}$/);
    assert.equal(keys(call), 'id function');
    assert.deepEqual(call?.function, { index: 0, name: 'get_weather', arguments: { city: 'Paris' } });
    assert.equal(lines[1]?.done_reason, 'stop');
  });
}
