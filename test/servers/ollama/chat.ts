import { randomInt } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { answerTo } from '../answers/answer.ts';
import { type Answer, type Prompt, plainly } from '../answers/prompt.ts';
import type { Arrival } from '../wire/arrivals.ts';
import { type ArmedFault, holdAt } from '../wire/faults.ts';
import { tokenize } from '../wire/tokens.ts';
import { readMessages, readTools, render, shorten, understood, type WireMessage } from './chatPrompt.ts';
import { generate } from './generation.ts';
import { goTime, sendJson, WireError } from './goJson.ts';
import { keepAliveMs } from './keepAlive.ts';
import type { FullModel } from './modelSpec.ts';
import type { ModelStore } from './modelStore.ts';
import { loadOptions, type Runner, type Scheduler } from './scheduler.ts';

export interface ChatServer {
  readonly store: ModelStore;
  readonly scheduler: Scheduler;
  readonly keepAliveMs: number;
  readonly signedIn: boolean;
  readonly says: ((prompt: Prompt) => string | undefined) | undefined;
}

export interface Exchange {
  readonly arrival: Arrival;
  readonly response: ServerResponse;
  readonly signal: AbortSignal;
  readonly body: Record<string, unknown>;
  readonly fault?: ArmedFault;
}

/** Go's form of a message: `thinking` and `tool_calls` only where there are some. */
function wireMessage(piece: { content?: string; thinking?: string; calls?: Answer['calls'] }) {
  return {
    role: 'assistant',
    content: piece.content ?? '',
    ...(piece.thinking ? { thinking: piece.thinking } : {}),
    ...(piece.calls && piece.calls.length > 0
      ? {
          tool_calls: piece.calls.map((call, index) => ({
            id: `call_${randomInt(36 ** 7, 36 ** 8).toString(36)}`,
            function: { index, name: call.name, arguments: call.input },
          })),
        }
      : {}),
  };
}

function installed(server: ChatServer, name: string): FullModel {
  const model = server.store.get(name);
  if (!model) throw new WireError(404, `model '${name}' not found`);
  return model;
}

/** Refuses what the model cannot do; gives whether it thinks. */
function checkCapabilities(model: FullModel, name: string, think: unknown, tools: number): boolean {
  const can = (capability: string) => model.capabilities.includes(capability);
  if (!can('thinking') && think !== undefined && think !== null && think !== false)
    throw new WireError(400, `${JSON.stringify(name)} does not support thinking`);
  if (!can('completion')) throw new WireError(400, `${JSON.stringify(name)} does not support chat`);
  if (tools > 0 && !can('tools')) throw new WireError(400, `${fullName(model)} does not support tools`);
  if (!can('thinking')) return false;
  return model.family === 'gptoss' ? true : think !== false;
}

function checkFormat(format: unknown): void {
  if (format === undefined || format === null || format === '' || format === 'json') return;
  if (typeof format === 'object' && !Array.isArray(format)) return;
  throw new WireError(
    500,
    `invalid format: ${JSON.stringify(JSON.stringify(format))}; expected "json" or a valid JSON Schema object`,
    true,
  );
}

/** A name with its host and namespace, as the scheduler's errors have it. */
function fullName(model: FullModel): string {
  return `registry.ollama.ai/${model.name.includes('/') ? '' : 'library/'}${model.name}`;
}

interface Plan {
  readonly model: FullModel;
  readonly name: string;
  readonly messages: readonly WireMessage[];
  readonly thinks: boolean;
  /** Tokens of prompt and answer go along with the last chunk, as `context`. */
  readonly context?: boolean;
  readonly chunk: (piece: {
    content?: string;
    thinking?: string;
    calls?: Answer['calls'];
  }) => Record<string, unknown>;
}

/** Gets the model into memory, waits for its turn, and answers. */
async function run(server: ChatServer, exchange: Exchange, plan: Plan): Promise<void> {
  const { scheduler } = server;
  const { body, signal, arrival, fault, response } = exchange;
  const startedAt = performance.now();
  const options = (body.options as Record<string, unknown> | undefined) ?? {};
  const shift = body.shift !== false;
  const keep = keepAliveMs(body.keep_alive, server.keepAliveMs);
  const load = loadOptions(plan.model, options, shift, scheduler.serverContext);
  const runner = await scheduler.acquire(plan.model, load, keep, signal, {
    onLoad: () => holdAt(fault, 'load', arrival, signal),
  });
  try {
    if (plan.messages.length === 0) {
      sendJson(response, 200, { ...plan.chunk({}), done: true, done_reason: 'load' });
      return;
    }
    const loadedAt = performance.now();
    const done = await scheduler.turn(runner, signal);
    try {
      await answer(exchange, plan, runner, { startedAt, loadedAt, shift, options, says: server.says });
    } finally {
      done();
    }
  } finally {
    scheduler.release(runner);
  }
}

async function answer(
  exchange: Exchange,
  plan: Plan,
  runner: Runner,
  how: {
    startedAt: number;
    loadedAt: number;
    shift: boolean;
    options: Record<string, unknown>;
    says: ChatServer['says'];
  },
): Promise<void> {
  const { body, signal, arrival, fault, response } = exchange;
  const tools = readTools(body.tools);
  checkFormat(body.format);
  if (
    plan.messages.some((message) => (message.images?.length ?? 0) > 0) &&
    !plan.model.capabilities.includes('vision')
  )
    throw new WireError(
      400,
      '{"error":{"code":400,"message":"Multimodal data provided, but model does not support multimodal requests.","type":"invalid_request_error"}}',
      true,
    );
  const window = runner.options.numCtx;
  let messages = plan.messages;
  let pieces = tokenize(render(messages, tools));
  if (pieces.length >= window) {
    if (body.truncate === false)
      throw new WireError(
        400,
        JSON.stringify({
          error: {
            code: 400,
            message: `request (${pieces.length} tokens) exceeds the available context size (${window} tokens), try increasing it`,
            type: 'exceed_context_size_error',
            n_prompt_tokens: pieces.length,
            n_ctx: window,
          },
        }),
        true,
      );
    messages = shorten(messages, tools, window);
    pieces = tokenize(render(messages, tools));
  }
  const room = how.shift ? Number.POSITIVE_INFINITY : window - pieces.length;
  const predict = Number(how.options.num_predict ?? -1);
  const stop = how.options.stop;
  const prompt = understood(messages, tools, body.format);
  const said = how.says?.(prompt);
  await generate({
    arrival,
    response,
    signal,
    runner,
    fault,
    answer: said === undefined ? answerTo(prompt, plan.model.quality, plan.model.mends) : plainly(said),
    promptPieces: pieces,
    limit: Math.min(room, predict > 0 ? predict : Number.POSITIVE_INFINITY),
    stops: Array.isArray(stop) ? stop.map(String) : typeof stop === 'string' ? [stop] : [],
    thinks: plan.thinks,
    stream: body.stream !== false,
    logprobs: body.logprobs === true ? Number(body.top_logprobs ?? 0) : undefined,
    startedAt: how.startedAt,
    loadedAt: how.loadedAt,
    chunk: plan.chunk,
    context: plan.context ?? false,
  });
}

/** Refuses what Go's decoder would not take for a truth value. */
function checkFlags(body: Record<string, unknown>): void {
  for (const name of ['stream', 'truncate', 'shift', 'logprobs']) {
    const value = body[name];
    if (value === undefined || value === null || typeof value === 'boolean') continue;
    const kind = Array.isArray(value) ? 'array' : typeof value;
    throw new WireError(
      400,
      `json: cannot unmarshal ${kind} into Go struct field ChatRequest.${name} of type bool`,
    );
  }
}

/** `POST /api/chat`. */
export async function chat(server: ChatServer, exchange: Exchange): Promise<void> {
  const { body, response } = exchange;
  checkFlags(body);
  const messages = readMessages(body.messages);
  if (Number(body.top_logprobs ?? 0) < 0 || Number(body.top_logprobs ?? 0) > 20)
    throw new WireError(400, 'top_logprobs must be between 0 and 20');
  const name = server.store.checkName(body.model);
  const model = installed(server, name);
  const remote = model.remoteModel ? { remote_model: model.remoteModel, remote_host: model.remoteHost } : {};
  const chunk: Plan['chunk'] = (piece) => ({
    model: name,
    ...remote,
    created_at: goTime(),
    message: wireMessage(piece),
    done: false,
  });
  if (messages.length === 0 && keepAliveMs(body.keep_alive, 1) === 0) {
    server.scheduler.expire(model.name);
    sendJson(response, 200, { ...chunk({}), done: true, done_reason: 'unload' });
    return;
  }
  if (model.remoteModel && !server.signedIn) {
    sendJson(response, 401, {
      error: 'unauthorized',
      signin_url: 'https://ollama.com/connect?name=here&key=none',
    });
    return;
  }
  const tools = Array.isArray(body.tools) ? body.tools.length : 0;
  const thinks = checkCapabilities(model, name, body.think, tools);
  await run(server, exchange, { model, name, messages, thinks, chunk });
}

/** `POST /api/generate`, as far as Maia has a use for it: a prompt, load and unload. */
export async function complete(server: ChatServer, exchange: Exchange): Promise<void> {
  const { body, response } = exchange;
  const name = server.store.checkName(body.model);
  const model = installed(server, name);
  const chunk: Plan['chunk'] = (piece) => ({
    model: name,
    created_at: goTime(),
    response: piece.content ?? '',
    ...(piece.thinking ? { thinking: piece.thinking } : {}),
    done: false,
  });
  const prompt = String(body.prompt ?? '');
  if (prompt === '' && keepAliveMs(body.keep_alive, 1) === 0) {
    server.scheduler.expire(model.name);
    sendJson(response, 200, { ...chunk({}), done: true, done_reason: 'unload' });
    return;
  }
  if (!model.capabilities.includes('completion'))
    throw new WireError(400, `${JSON.stringify(name)} does not support generate`);
  if (body.suffix && !model.capabilities.includes('insert'))
    throw new WireError(400, `${fullName(model)} does not support insert`);
  const thinks = checkCapabilities(model, name, body.think, 0);
  const system: WireMessage[] = body.system ? [{ role: 'system', content: String(body.system) }] : [];
  const messages = prompt === '' ? [] : [...system, { role: 'user', content: prompt }];
  await run(server, exchange, { model, name, messages, thinks, chunk, context: true });
}
