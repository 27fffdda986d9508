import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  TextBlockParam,
  Tool as WireTool,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { Message, Part, Tool } from '../vocabulary/request.ts';
import { claudeTraits } from './claudeModels.ts';
import { type Call, ProviderError } from './provider.ts';

const cached = { cache_control: { type: 'ephemeral' } } as const;

/**
 * The body of `POST /v1/messages` for a call. What stays the same from turn to turn (tools and system, then the history
 * up to the turn before this one) is marked for the prompt cache; what is asked now is not, so that a single question
 * pays no cache write on it. No sampling parameters and no prefill: current models refuse both.
 *
 * @throws {ProviderError} `badRequest` when the last message is the assistant's, or nothing is asked.
 */
export function claudeBody(call: Call): string {
  const traits = claudeTraits(call.model.id.name);
  const leading = call.messages.findIndex((message) => message.role !== 'system');
  const system = call.messages
    .slice(0, leading < 0 ? call.messages.length : leading)
    .flatMap((message) => message.parts)
    .flatMap(textBlocks);
  const messages = (leading < 0 ? [] : call.messages.slice(leading))
    .map(wireMessage)
    .filter((message) => message.content.length > 0);
  const last = messages.at(-1);
  if (!last || last.role === 'assistant')
    throw new ProviderError(
      { code: 'badRequest', params: { provider: 'Claude', detail: 'the last message asks nothing' } },
      'never',
      { fault: 'request', free: true },
    );

  const tools = call.tools.map(wireTool);
  if (system.length > 0) mark(system);
  else if (tools.length > 0) mark(tools);
  const before = messages.at(-2);
  if (before && Array.isArray(before.content)) mark(before.content);

  const thinks = call.think || traits.quiet === 'never';
  const limit = call.model.maxOutputTokens ?? traits.maxOutputTokens;
  const params: MessageCreateParamsStreaming = {
    model: call.model.id.name,
    // Thinking counts toward it: whoever calls leaves room, since that is also the most that may be billed.
    max_tokens: Math.min(limit, call.maxOutputTokens),
    stream: true,
    ...(system.length > 0 ? { system } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    ...(tools.length > 0 && call.toolChoice === 'required'
      ? { tool_choice: { type: traits.forcedTools && !thinks ? 'any' : 'auto' } }
      : {}),
    ...thinking(call.think, traits.quiet),
    ...(traits.effort ? { output_config: { effort: call.effort } } : {}),
    messages,
  };
  return JSON.stringify(params);
}

function thinking(
  asked: boolean,
  quiet: ReturnType<typeof claudeTraits>['quiet'],
): Pick<MessageCreateParamsStreaming, 'thinking'> {
  if (quiet === 'unless asked') return {};
  if (asked) return { thinking: { type: 'adaptive', display: 'summarized' } };
  return quiet === 'never' ? {} : { thinking: { type: quiet } };
}

/** Puts the cache mark on the last block of a list; thinking and empty blocks can't carry one and never come here. */
function mark<T extends object>(blocks: T[]): void {
  const last = blocks.at(-1);
  if (last) blocks[blocks.length - 1] = { ...last, ...cached };
}

function textBlocks(part: Part): TextBlockParam[] {
  return part.type === 'text' && part.text.trim() !== '' ? [{ type: 'text', text: part.text }] : [];
}

function wireMessage(message: Message): MessageParam & { content: ContentBlockParam[] } {
  // Results first: they must follow the turn that called, before anything the user adds.
  const results = message.parts.filter((part) => part.type === 'toolResult');
  const others = message.parts.filter((part) => part.type !== 'toolResult');
  return { role: message.role, content: [...results, ...others].flatMap(wireBlocks) } as MessageParam & {
    content: ContentBlockParam[];
  };
}

function wireBlocks(part: Part): ContentBlockParam[] {
  switch (part.type) {
    case 'text':
      return textBlocks(part);
    case 'image':
      return [
        {
          type: 'image',
          source: {
            type: 'base64',
            media_type: part.mime as 'image/png',
            data: Buffer.from(part.data).toString('base64'),
          },
        },
      ];
    case 'toolCall':
      return [{ type: 'tool_use', id: wireId(part.callId), name: part.name, input: part.input }];
    case 'toolResult':
      return [
        {
          type: 'tool_result',
          tool_use_id: wireId(part.callId),
          content: part.text === '' ? [] : [{ type: 'text', text: part.text }],
          ...(part.failed ? { is_error: true } : {}),
        },
      ];
  }
}

/** Ids made elsewhere may hold characters that Anthropic refuses. */
function wireId(callId: string): string {
  return callId.replace(/[^a-zA-Z0-9_-]/g, '_') || 'call';
}

function wireTool(tool: Tool): WireTool {
  const schema = { type: 'object', ...(tool.inputSchema ?? { properties: {} }) };
  return {
    name: tool.name,
    description: tool.description,
    input_schema: { ...schema, type: 'object' },
  };
}
