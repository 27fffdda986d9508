import type { ServerResponse } from 'node:http';
import type { Answer } from '../answers/prompt.ts';
import type { Arrival } from '../wire/arrivals.ts';
import { type ArmedFault, gone, holdAt } from '../wire/faults.ts';
import { write } from '../wire/loopbackServer.ts';
import { Pace, wait } from '../wire/pace.ts';
import { ApiError, errorBody, newId } from './apiError.ts';
import { piecesOf } from './messagePieces.ts';
import type { MessagesRequest } from './messagesRequest.ts';
import type { InputUsage } from './promptCache.ts';

/** What the server itself would bill for a request. */
export interface Bill {
  /** Place of its request among the arrivals. */
  readonly arrival: number;
  readonly model: string;
  readonly input: InputUsage;
  /** Thinking included. */
  output: number;
  thinking: number;
  stopReason?: string;
  /** What the client was told: all of it, the input side alone, or nothing. */
  reported: 'nothing' | 'start' | 'all';
}

export interface MessageJob {
  readonly arrival: Arrival;
  readonly response: ServerResponse;
  readonly signal: AbortSignal;
  readonly request: MessagesRequest;
  readonly requestId: string;
  readonly answer: Answer;
  /** Thinks before it answers. */
  readonly thinks: boolean;
  readonly bill: Bill;
  readonly fault?: ArmedFault;
  readonly tokensPerSecond: number;
  readonly firstTokenMs: number;
  /** The prompt was read: what it wrote to the cache can be read by others. */
  onStart(): void;
}

function usageOf(bill: Bill) {
  const { input } = bill;
  return {
    input_tokens: input.input,
    cache_creation_input_tokens: input.write5m + input.write1h,
    cache_read_input_tokens: input.read,
  };
}

function fullUsage(bill: Bill) {
  return {
    ...usageOf(bill),
    cache_creation: {
      ephemeral_5m_input_tokens: bill.input.write5m,
      ephemeral_1h_input_tokens: bill.input.write1h,
    },
    output_tokens: bill.output,
    output_tokens_details: { thinking_tokens: bill.thinking },
    server_tool_use: null,
    service_tier: 'standard',
    speed: 'standard',
    inference_geo: 'global',
  };
}

function sendHead({ response, requestId }: MessageJob): void {
  if (response.headersSent) return;
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache',
    'request-id': requestId,
    'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
  });
}

/** Writes one server-sent event; headers go out with the first. */
async function sendEvent(job: MessageJob, type: string, data: object): Promise<void> {
  const { response } = job;
  sendHead(job);
  await write(response, `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`, job.signal);
}

/** Lets a fault happen when its token is reached. Gives the stop reason that it forces, or `over`. */
async function strike(job: MessageJob, count: number): Promise<string | undefined> {
  const { fault: armed, response } = job;
  const fault = armed?.fault;
  if (!armed || !fault || fault.how === 'status' || fault.how === 'hold' || count < fault.afterTokens)
    return undefined;
  if (fault.how === 'garbage' && count !== fault.afterTokens) return undefined;
  armed.reach(job.arrival);
  switch (fault.how) {
    case 'garbage':
      sendHead(job);
      await write(response, fault.bytes, job.signal);
      return undefined;
    case 'stop':
      return fault.reason;
    case 'error': {
      const type = fault.type ?? 'api_error';
      if (!response.headersSent)
        throw new ApiError(type === 'overloaded_error' ? 529 : 500, type, fault.message);
      const { error, request_id } = errorBody(type, fault.message, job.requestId);
      await sendEvent(job, 'error', { error, request_id });
      response.end();
      return 'over';
    }
    case 'reset':
      response.socket?.resetAndDestroy();
      return 'over';
    case 'end':
      response.end();
      return 'over';
    case 'truncate':
      response.write('event: content_block_delta\ndata: {"type":"content_block_delta","ind', () =>
        response.socket?.destroy(),
      );
      await gone(job.signal);
      return 'over';
  }
}

function naturalEnd(job: MessageJob): { reason: string; sequence: string | null } {
  if (job.answer.calls.length > 0) return { reason: 'tool_use', sequence: null };
  const sequence = (job.request.stop_sequences ?? []).find((each) => job.answer.text.includes(each));
  return sequence ? { reason: 'stop_sequence', sequence } : { reason: 'end_turn', sequence: null };
}

const stopDetails = (reason: string) =>
  reason === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null;

/** Streams a message, token by token, and keeps the bill as it goes. */
export async function streamMessage(job: MessageJob): Promise<void> {
  const { request, bill, signal, arrival, fault, response } = job;
  await holdAt(fault, 'prompt', arrival, signal);
  await wait(job.firstTokenMs, signal);
  const early = await strike(job, 0);
  if (early === 'over') return;
  job.onStart();
  const id = newId('msg');
  const message = {
    id,
    type: 'message',
    role: 'assistant',
    model: bill.model,
    content: [],
    container: null,
    diagnostics: null,
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
  };
  bill.output = 1;
  await sendEvent(job, 'message_start', { message: { ...message, usage: fullUsage(bill) } });
  bill.reported = 'start';
  const pace = new Pace(job.tokensPerSecond);
  const shown = request.thinking?.display === 'summarized';
  let count = 0;
  let end = early;
  let open: number | undefined;
  for (const piece of piecesOf(job, shown)) {
    end ??= count > 0 ? await strike(job, count) : undefined;
    if (end === 'over') return;
    await holdAt(fault, 'token', arrival, signal, count);
    if (end === undefined && count >= request.max_tokens) end = 'max_tokens';
    if (end !== undefined) break;
    await pace.next(signal);
    count += 1;
    bill.output = count;
    if (piece.block === 'thinking') bill.thinking += 1;
    if (piece.start) {
      await sendEvent(job, 'content_block_start', { index: piece.index, content_block: piece.start });
      if (open === undefined) await sendEvent(job, 'ping', {});
      open = piece.index;
    }
    if (piece.delta) await sendEvent(job, 'content_block_delta', { index: piece.index, delta: piece.delta });
    if (piece.close) await sendEvent(job, 'content_block_delta', { index: piece.index, delta: piece.close });
    if (piece.stop) {
      await sendEvent(job, 'content_block_stop', { index: piece.index });
      open = -1;
    }
  }
  end ??= await strike(job, Number.POSITIVE_INFINITY);
  if (end === 'over') return;
  if (open !== undefined && open >= 0) await sendEvent(job, 'content_block_stop', { index: open });
  const { reason, sequence } = end ? { reason: end, sequence: null } : naturalEnd(job);
  bill.stopReason = reason;
  await sendEvent(job, 'message_delta', {
    delta: {
      stop_reason: reason,
      stop_sequence: sequence,
      stop_details: stopDetails(reason),
      container: null,
    },
    usage: {
      ...usageOf(bill),
      output_tokens: bill.output,
      output_tokens_details: { thinking_tokens: bill.thinking },
      server_tool_use: null,
    },
  });
  bill.reported = 'all';
  await sendEvent(job, 'message_stop', {});
  response.end();
}

/** The whole message at once, for a request that does not stream. */
export async function wholeMessage(job: MessageJob): Promise<void> {
  const { request, bill, signal, arrival, fault, response } = job;
  await holdAt(fault, 'prompt', arrival, signal);
  await wait(job.firstTokenMs, signal);
  const forced = fault ? await strike(job, Number.POSITIVE_INFINITY) : undefined;
  if (forced === 'over') return;
  job.onStart();
  const all = piecesOf(job, request.thinking?.display === 'summarized');
  const sent = all.slice(0, request.max_tokens);
  const pace = new Pace(job.tokensPerSecond);
  for (const piece of sent) {
    await pace.next(signal);
    bill.output += 1;
    if (piece.block === 'thinking') bill.thinking += 1;
  }
  const content: Record<string, unknown>[] = [];
  for (const piece of sent) {
    if (piece.start) content[piece.index] = { ...piece.start };
    const target = content[piece.index]!;
    if (piece.block === 'text') target.text = `${target.text}${piece.text}`;
    if (piece.block === 'thinking' && piece.delta) target.thinking = `${target.thinking}${piece.text}`;
    if (piece.close) Object.assign(target, { signature: Buffer.from(job.requestId).toString('base64') });
  }
  const uses = content.filter((each) => each.type === 'tool_use');
  uses.forEach((each, at) => {
    each.input = job.answer.calls[at]!.input;
  });
  const cut = sent.length < all.length ? 'max_tokens' : undefined;
  const { reason, sequence } =
    (forced ?? cut) ? { reason: (forced ?? cut)!, sequence: null } : naturalEnd(job);
  bill.stopReason = reason;
  bill.reported = 'all';
  const body = JSON.stringify({
    id: newId('msg'),
    type: 'message',
    role: 'assistant',
    model: bill.model,
    content: reason === 'refusal' ? [] : content,
    container: null,
    diagnostics: null,
    stop_reason: reason,
    stop_sequence: sequence,
    stop_details: stopDetails(reason),
    usage: fullUsage(bill),
  });
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'request-id': job.requestId,
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
