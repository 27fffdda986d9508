import type { ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import { answerTo } from './answers/answer.ts';
import { type Prompt, plainly } from './answers/prompt.ts';
import type { Quality } from './answers/spoil.ts';
import { ApiError, badRequest, newId, sendApiError } from './anthropic/apiError.ts';
import { claudeModels, modelInfo } from './anthropic/claudeLine.ts';
import { type Bill, streamMessage, wholeMessage } from './anthropic/messageStream.ts';
import { checkRequest, findModel } from './anthropic/messagesRequest.ts';
import { inputTokens, PromptCache } from './anthropic/promptCache.ts';
import { thinksFirst, understood } from './anthropic/understood.ts';
import { type Arrival, type Arrivals, askedModel } from './wire/arrivals.ts';
import {
  type ArmedFault,
  type Fault,
  type FaultHandle,
  Faults,
  type FaultTarget,
  gone,
  holdAt,
} from './wire/faults.ts';
import { type Handler, LoopbackServer, sendWhole, type Transport } from './wire/loopbackServer.ts';

export { anthropicFaults } from './anthropic/messageFaults.ts';

export interface AnthropicOptions {
  /** The key that is right; any other is 401. With `anyKey` every key is. */
  readonly key?: string;
  readonly anyKey?: boolean;
  readonly port?: number;
  /** As fast as can be by default. */
  readonly tokensPerSecond?: number;
  readonly firstTokenMs?: number;
  readonly quality?: Quality;
  /** What its models say, in place of what a prompt leads to; undefined leaves that one to the prompt. */
  readonly says?: (prompt: Prompt) => string | undefined;
  /** Epoch milliseconds, for the life of cache entries. */
  readonly now?: () => number;
  /** What it listens on; 127.0.0.1 by default. */
  readonly transport?: (handler: Handler) => Transport;
}

export interface AnthropicServer {
  readonly url: string;
  readonly key: string;
  /** Every request that arrived, oldest first. */
  readonly requests: readonly Arrival[];
  readonly arrivals: Arrivals;
  /** What the server would bill, one entry for each message request that it took, oldest first. */
  readonly bills: readonly Bill[];
  /** Lets the next call (of `/v1/messages`, unless told otherwise) go wrong. */
  fail(fault: Fault, target?: FaultTarget): FaultHandle;
  /** Lets the next call stand still at a point until it is released. */
  hold(at: 'arrival' | 'prompt' | 'token', target?: FaultTarget & { afterTokens?: number }): FaultHandle;
  crash(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

function parse(arrival: Arrival): Record<string, unknown> {
  try {
    return arrival.json();
  } catch {
    throw badRequest('The request body is not valid JSON: unexpected end of data');
  }
}

const largestBody = 32 * 2 ** 20;

/** Starts an Anthropic API of version 2026-10-21 on loopback that answers from the prompts it gets. */
export async function startAnthropic(options: AnthropicOptions = {}): Promise<AnthropicServer> {
  const key = options.key ?? 'practice-key';
  const cache = new PromptCache(options.now ?? Date.now);
  const faults = new Faults('/v1/messages');
  const bills: Bill[] = [];

  function authenticate({ headers }: Arrival): void {
    if (!headers['anthropic-version']) throw badRequest('anthropic-version: header is required');
    const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (given === undefined)
      throw new ApiError(401, 'authentication_error', 'Authorization: a bearer token is required');
    if (!options.anyKey && given !== key)
      throw new ApiError(401, 'authentication_error', 'invalid bearer token');
  }

  async function messages(
    arrival: Arrival,
    response: ServerResponse,
    signal: AbortSignal,
    fault: ArmedFault | undefined,
    requestId: string,
  ): Promise<void> {
    const request = checkRequest(parse(arrival), false);
    const model = findModel(request.model);
    const { usage, commit } = cache.account(request, model);
    const whole = usage.input + usage.read + usage.write5m + usage.write1h;
    if (whole > model.window)
      throw badRequest(`prompt is too long: ${whole} tokens > ${model.window} maximum`);
    const bill: Bill = {
      arrival: arrival.index,
      model: model.id,
      input: usage,
      output: 0,
      thinking: 0,
      reported: 'nothing',
    };
    const prompt = understood(request);
    const said = options.says?.(prompt);
    const job = {
      arrival,
      response,
      signal,
      request,
      requestId,
      answer: said === undefined ? answerTo(prompt, options.quality) : plainly(said),
      thinks: thinksFirst(request),
      bill,
      fault,
      tokensPerSecond: options.tokensPerSecond ?? Number.POSITIVE_INFINITY,
      firstTokenMs: options.firstTokenMs ?? 0,
      onStart: () => {
        commit();
        bills.push(bill);
      },
    };
    await (request.stream === true ? streamMessage(job) : wholeMessage(job));
  }

  async function serve(
    arrival: Arrival,
    response: ServerResponse,
    signal: AbortSignal,
    id: string,
  ): Promise<void> {
    const path = arrival.path.split('?')[0]!;
    const fault = faults.take(path, askedModel(arrival));
    await holdAt(fault, 'arrival', arrival, signal);
    if (fault?.fault.how === 'status') {
      fault.reach(arrival);
      const { status: code, body, headers } = fault.fault;
      return sendWhole(
        response,
        code,
        { 'request-id': id, ...headers },
        typeof body === 'string' ? body : JSON.stringify(body),
      );
    }
    if (arrival.body.length > largestBody)
      throw new ApiError(413, 'request_too_large', 'Request exceeds the maximum size');
    authenticate(arrival);
    const send = (body: object) =>
      sendWhole(
        response,
        200,
        { 'Content-Type': 'application/json', 'request-id': id },
        JSON.stringify(body),
      );
    if (path === '/v1/messages' && arrival.method === 'POST')
      return messages(arrival, response, signal, fault, id);
    if (path === '/v1/messages/count_tokens' && arrival.method === 'POST') {
      const request = checkRequest(parse(arrival), true);
      return send({ input_tokens: inputTokens(request, findModel(request.model)) });
    }
    if (path === '/v1/models' && arrival.method === 'GET') {
      const data = claudeModels.map(modelInfo);
      return send({ data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null });
    }
    if (path.startsWith('/v1/models/') && arrival.method === 'GET')
      return send(modelInfo(findModel(decodeURIComponent(path.slice('/v1/models/'.length)))));
    throw new ApiError(404, 'not_found_error', 'Not Found');
  }

  const handler: Handler = async (arrival, response, signal) => {
    const id = newId('req');
    try {
      await serve(arrival, response, signal, id);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      sendApiError(response, error, id);
    }
  };
  const loopback = options.transport?.(handler) ?? new LoopbackServer(handler);
  await loopback.listen(options.port);

  return {
    get url() {
      return loopback.url;
    },
    key,
    requests: loopback.arrivals.list,
    arrivals: loopback.arrivals,
    bills,
    fail: (fault, target) => faults.add(fault, target),
    hold: (at, target) => faults.add({ how: 'hold', at, afterTokens: target?.afterTokens }, target),
    crash: () => loopback.crash(),
    restart: () => loopback.listen(),
    close: () => loopback.close(),
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const anthropic = await startAnthropic({ anyKey: true });
  console.log(JSON.stringify({ anthropic: anthropic.url }));
  const end = new AbortController();
  process.once('SIGTERM', () => end.abort());
  process.once('SIGINT', () => end.abort());
  await gone(end.signal);
  await anthropic.close();
}
