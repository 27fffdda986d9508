import type { OfferedTool, Prompt, Turn } from '../answers/prompt.ts';
import { countTokens, tokenize } from '../wire/tokens.ts';
import { WireError } from './goJson.ts';

interface WireCall {
  readonly function?: { readonly name?: string; readonly arguments?: unknown };
}

export interface WireMessage {
  readonly role: string;
  readonly content?: string;
  readonly thinking?: string;
  readonly images?: readonly string[];
  readonly tool_calls?: readonly WireCall[];
  readonly tool_name?: string;
}

/** The messages of a request, as Go's decoder would take them; throws the WireError of what it would refuse. */
export function readMessages(value: unknown): WireMessage[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    throw new WireError(
      400,
      `json: cannot unmarshal ${typeof value} into Go struct field ChatRequest.messages of type []api.Message`,
    );
  for (const message of value as WireMessage[]) {
    if (message.content !== undefined && typeof message.content !== 'string')
      throw new WireError(
        400,
        `json: cannot unmarshal ${Array.isArray(message.content) ? 'array' : typeof message.content} into Go struct field ChatRequest.messages.content of type string`,
      );
    for (const call of message.tool_calls ?? [])
      if (typeof call.function?.arguments === 'string')
        throw new WireError(400, "Value looks like object, but can't find closing '}' symbol");
  }
  return value as WireMessage[];
}

export function readTools(value: unknown): OfferedTool[] {
  const tools = Array.isArray(value) ? value : [];
  return (tools as { function?: Record<string, unknown> }[]).map((tool) => ({
    name: String(tool.function?.name ?? ''),
    description: String(tool.function?.description ?? ''),
    schema: (tool.function?.parameters as object | undefined) ?? {},
  }));
}

function rendered(message: WireMessage): string {
  const calls = (message.tool_calls ?? []).map((call) => JSON.stringify(call.function));
  return `<|im_start|>${message.role}\n${message.content ?? ''}${calls.join('')}<|im_end|>\n`;
}

/** The prompt's text as a template makes it: tools first, then the messages in order. */
export function render(messages: readonly WireMessage[], tools: readonly OfferedTool[]): string {
  const offered = tools.length > 0 ? `<|im_start|>system\n${JSON.stringify(tools)}<|im_end|>\n` : '';
  return `${offered}${messages.map(rendered).join('')}<|im_start|>assistant\n`;
}

/** Drops the oldest messages until the rest fits; system messages and the last one stay, whose middle may go. */
export function shorten(
  messages: readonly WireMessage[],
  tools: readonly OfferedTool[],
  window: number,
): WireMessage[] {
  const kept = [...messages];
  const fits = () => countTokens(render(kept, tools)) < window;
  while (!fits()) {
    const oldest = kept.findIndex((message, at) => message.role !== 'system' && at < kept.length - 1);
    if (oldest < 0) break;
    kept.splice(oldest, 1);
  }
  if (fits()) return kept;
  const last = kept.at(-1)!;
  const pieces = tokenize(last.content ?? '');
  const half = Math.floor(window / 4);
  kept[kept.length - 1] = {
    ...last,
    content: [...pieces.slice(0, half), ...pieces.slice(-half)].join(''),
  };
  return kept;
}

/** What the model understands of a request. */
export function understood(
  messages: readonly WireMessage[],
  tools: readonly OfferedTool[],
  format: unknown,
): Prompt {
  const turns = messages.flatMap((message): Turn[] => {
    if (message.role === 'system') return [];
    const role = message.role === 'assistant' ? 'assistant' : message.role === 'tool' ? 'tool' : 'user';
    return [{ role, text: message.content ?? '', tool: message.tool_name }];
  });
  const schema =
    format === 'json'
      ? { type: 'object', properties: { answer: { type: 'string' } } }
      : typeof format === 'object' && format !== null
        ? format
        : undefined;
  return {
    system: messages
      .filter((message) => message.role === 'system')
      .map((message) => message.content ?? '')
      .join('\n\n'),
    turns,
    tools,
    schema,
    mustCall: false,
  };
}
