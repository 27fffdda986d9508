import type { Model } from '../vocabulary/model.ts';
import type { Message, Part, Tool } from '../vocabulary/request.ts';
import type { Call, Composed, ProviderError } from './provider.ts';

/** A message as `/api/chat` takes it. */
interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** Base64. */
  readonly images?: readonly string[];
  readonly tool_calls?: readonly {
    readonly function: { readonly name: string; readonly arguments: object };
  }[];
  readonly tool_name?: string;
}

/** Windows that a model is loaded with, in tokens: few steps, since every other window reloads it. */
const windowSteps = [4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144];

/** The body of `/api/chat` for a call. */
export function ollamaBody(call: Call): string {
  const think = thinkOption(call);
  return JSON.stringify({
    model: call.model.id.name,
    messages: call.messages.flatMap(wireMessages),
    ...(call.tools.length > 0 ? { tools: call.tools.map(wireTool) } : {}),
    stream: true,
    truncate: false,
    ...(call.logprobs && call.model.boundary !== 'cloud' ? { logprobs: true } : {}),
    ...(think === undefined ? {} : { think }),
    ...(call.keepAlive === undefined ? {} : { keep_alive: keepAliveOption(call.keepAlive) }),
    options: {
      num_ctx: windowFor(call.model, call.windowTokens),
      num_predict: call.maxOutputTokens,
      ...(call.fixed ? { temperature: 0, seed: 1 } : {}),
    },
  });
}

/** Whether a server refused a request for nothing but that it asks how likely each token is. */
export function refusesLogprobs({ failure }: ProviderError, { body }: Composed): boolean {
  return (
    failure.code === 'badRequest' &&
    /logprob/i.test(failure.params.detail) &&
    body.includes('"logprobs":true')
  );
}

export function withoutLogprobs(composed: Composed): Composed {
  const { logprobs: _, ...body } = JSON.parse(composed.body) as Record<string, unknown>;
  return { ...composed, body: JSON.stringify(body) };
}

/**
 * The window to ask for, in tokens: the one that a loaded model has where that will do (another one reloads it), else
 * the smallest step that holds the need, never below what the model's own file asks for nor above what it was trained for.
 */
export function windowFor(model: Model, needTokens: number): number {
  const loaded = model.loaded?.contextTokens ?? 0;
  if (loaded >= needTokens && loaded > 0) return loaded;
  const need = Math.max(needTokens, model.defaultContextTokens ?? 0);
  const step = windowSteps.find((size) => size >= need) ?? Math.ceil(need / 262_144) * 262_144;
  return Math.min(step, model.contextTokens);
}

/** Left out, thinking is on for every model that can; gpt-oss takes levels only and can't be switched off. */
function thinkOption(call: Call): boolean | string | undefined {
  if (!call.model.capabilities.thinking) return undefined;
  if (/^gpt-?oss/i.test(call.model.family ?? '') || /(^|\/)gpt-oss/i.test(call.model.id.name))
    return call.think ? call.effort : 'low';
  return call.think;
}

/** Ollama takes a duration with its unit, or a bare number as seconds; a number in quotes is an error. */
function keepAliveOption(text: string): string | number {
  return /^-?\d+$/.test(text.trim()) ? Number(text) : text.trim();
}

function wireTool(tool: Tool) {
  return {
    type: 'function',
    function: {
      name: tool.name,
      description: tool.description,
      parameters: tool.inputSchema ?? { type: 'object', properties: {} },
    },
  };
}

/** One message may become several: Ollama wants each tool result as a message of its own. */
function wireMessages(message: Message): WireMessage[] {
  const results = message.parts.flatMap((part): WireMessage[] =>
    part.type === 'toolResult'
      ? [{ role: 'tool', tool_name: part.name, content: part.failed ? `Error: ${part.text}` : part.text }]
      : [],
  );
  const content = textOf(message.parts, message.role === 'assistant' ? '' : '\n');
  const images = message.parts.flatMap((part) =>
    part.type === 'image' ? [Buffer.from(part.data).toString('base64')] : [],
  );
  const calls = message.parts.flatMap((part) =>
    part.type === 'toolCall' ? [{ function: { name: part.name, arguments: part.input } }] : [],
  );
  if (content === '' && images.length === 0 && calls.length === 0) return results;
  return [
    ...results,
    {
      role: message.role,
      content,
      ...(images.length > 0 ? { images } : {}),
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    },
  ];
}

function textOf(parts: readonly Part[], between: string): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(between);
}
