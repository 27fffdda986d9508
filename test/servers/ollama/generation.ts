import type { ServerResponse } from 'node:http';
import type { Answer } from '../answers/prompt.ts';
import type { Arrival } from '../wire/arrivals.ts';
import { type ArmedFault, gone, holdAt } from '../wire/faults.ts';
import { write } from '../wire/loopbackServer.ts';
import { Pace, wait } from '../wire/pace.ts';
import { tokenize } from '../wire/tokens.ts';
import { goJson, sendEngineError } from './goJson.ts';
import type { Runner } from './scheduler.ts';

export const engineGone = 'an error was encountered while running the model: unexpected EOF';

/** What one stream of an answer needs; the protocol's form is in `chunk` and `last`. */
export interface Generation {
  readonly arrival: Arrival;
  readonly response: ServerResponse;
  readonly signal: AbortSignal;
  readonly runner: Runner;
  readonly fault?: ArmedFault;
  readonly answer: Answer;
  readonly promptPieces: readonly string[];
  /** Tokens that the answer may have; Infinity where nothing limits it. */
  readonly limit: number;
  /** Texts that end the answer. */
  readonly stops: readonly string[];
  readonly thinks: boolean;
  readonly stream: boolean;
  readonly logprobs: number | undefined;
  /** Epoch of `performance.now()` when the request began, and when it had its model. */
  readonly startedAt: number;
  readonly loadedAt: number;
  readonly context: boolean;
  chunk(piece: { content?: string; thinking?: string; calls?: Answer['calls'] }): Record<string, unknown>;
}

interface Step {
  readonly content?: string;
  readonly thinking?: string;
  readonly calls?: Answer['calls'];
  readonly tokens: number;
}

function steps(job: Generation): Step[] {
  const { answer } = job;
  const thinking = job.thinks
    ? tokenize(answer.thinking).map((piece) => ({ thinking: piece, tokens: 1 }))
    : [];
  const stop = job.stops
    .map((each) => answer.text.indexOf(each))
    .filter((at) => at >= 0)
    .sort((a, b) => a - b)[0];
  const looksLikeCall = /^\s*\{"name":/.test(answer.text);
  const text = answer.text.slice(0, stop);
  const pieces: Step[] = looksLikeCall
    ? [{ content: text, tokens: tokenize(text).length }]
    : tokenize(text).map((piece) => ({ content: piece, tokens: 1 }));
  const calls: Step[] =
    answer.calls.length > 0
      ? [{ calls: answer.calls, tokens: tokenize(JSON.stringify(answer.calls)).length }]
      : [];
  return [...thinking, ...pieces, ...calls];
}

const nanos = (ms: number) => Math.max(1, Math.round(ms * 1e6));

/** A number for a token, the same each time. */
function tokenId(token: string): number {
  return [...Buffer.from(token)].reduce((sum, byte) => (sum * 31 + byte) % 49_152, 7);
}

/** A likelihood for a token at its place, the same each time; a model's own doubt lowers all of them. */
function logprobOf(token: string, place: number, { logprobs = 0, runner }: Generation) {
  const sway = ((tokenId(token) * 31 + place * 17) % 97) / 97;
  const logprob = -runner.model.doubt * (0.2 + 1.6 * sway);
  const one = { token, logprob, bytes: [...Buffer.from(token)] };
  return [{ ...one, ...(logprobs > 0 ? { top_logprobs: [one] } : {}) }];
}

/** Reads the prompt, then sends the answer token by token; headers go out with the first. */
export async function generate(job: Generation): Promise<void> {
  const { runner, response, fault, arrival } = job;
  const signal = AbortSignal.any([job.signal, runner.crashed.signal]);
  const sent: string[] = [];
  let count = 0;
  let content = '';
  let thinking = '';
  const calls: Answer['calls'][number][] = [];
  const send = async (object: Record<string, unknown>) => {
    if (!job.stream) return;
    if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    await write(response, `${goJson(object)}\n`, job.signal);
  };
  const fail = (message: string) => {
    if (!response.headersSent) return sendEngineError(response, 500, message);
    response.end(`${goJson({ error: message })}\n`);
  };
  try {
    const promptStart = performance.now();
    const cached = job.promptPieces.findIndex((piece, at) => piece !== runner.cache[at]);
    const fresh = cached < 0 ? 1 : job.promptPieces.length - cached;
    await holdAt(fault, 'prompt', arrival, signal);
    await wait((fresh * 1000) / runner.model.promptTokensPerSecond, signal);
    runner.cache = [...job.promptPieces];
    const promptEnd = performance.now();
    const pace = new Pace(runner.model.tokensPerSecond);
    const all = steps(job);
    let reason = 'stop';
    for (const step of all) {
      if (fault && (await strike(fault, count, job, fail, sent))) return;
      if (fault?.fault.how === 'stop' && count >= fault.fault.afterTokens) {
        fault.reach(arrival);
        reason = fault.fault.reason;
        break;
      }
      await holdAt(fault, 'token', arrival, signal, count);
      if (count >= job.limit) {
        reason = 'length';
        break;
      }
      for (let token = 0; token < step.tokens; token += 1) await pace.next(signal);
      count += step.tokens;
      content += step.content ?? '';
      thinking += step.thinking ?? '';
      if (step.calls) calls.push(...step.calls);
      const shown = step.content ?? step.thinking;
      const object = job.chunk(step);
      if (job.logprobs !== undefined && shown) object.logprobs = logprobOf(shown, count - step.tokens, job);
      sent.push(goJson(object));
      await send(object);
    }
    if (fault && (await strike(fault, Number.POSITIVE_INFINITY, job, fail, sent))) return;
    const end = performance.now();
    const whole = job.stream ? {} : { content, thinking: thinking || undefined, calls };
    const closing = {
      ...job.chunk(whole),
      done: true,
      done_reason: reason,
      ...(job.context ? { context: [...job.promptPieces, ...tokenize(content)].map(tokenId) } : {}),
      ...(job.stream || job.logprobs === undefined
        ? {}
        : { logprobs: tokenize(content).flatMap((token, place) => logprobOf(token, place, job)) }),
      total_duration: nanos(end - job.startedAt),
      load_duration: nanos(job.loadedAt - job.startedAt),
      prompt_eval_count: job.promptPieces.length,
      prompt_eval_duration: nanos(promptEnd - promptStart),
      eval_count: reason === 'stop' ? count + 1 : count,
      eval_duration: nanos(end - promptEnd),
    };
    if (job.stream) {
      await send(closing);
      response.end();
      return;
    }
    const body = goJson(closing);
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(body);
  } catch (error) {
    if (runner.crashed.signal.aborted && !job.signal.aborted) return fail(engineGone);
    throw error;
  }
}

/** Lets a fault happen when its token is reached; true when the answer is over. A fault beyond the answer's end strikes at its end. */
async function strike(
  armed: ArmedFault,
  count: number,
  job: Generation,
  fail: (message: string) => void,
  sent: readonly string[],
): Promise<boolean> {
  const { fault } = armed;
  const { response } = job;
  if (fault.how === 'status' || fault.how === 'hold' || fault.how === 'stop') return false;
  if (count < fault.afterTokens) return false;
  if (fault.how === 'garbage') {
    if (count !== fault.afterTokens) return false;
    armed.reach(job.arrival);
    if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    await write(response, fault.bytes, job.signal);
    return false;
  }
  armed.reach(job.arrival);
  switch (fault.how) {
    case 'error':
      fail(fault.message);
      return true;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'end':
      if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      response.end();
      return true;
    case 'truncate': {
      const line = sent.at(-1) ?? goJson(job.chunk({ content: '' }));
      if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      response.write(line.slice(0, Math.floor(line.length / 2)), () => response.socket?.destroy());
      await gone(job.signal);
      return true;
    }
  }
}
