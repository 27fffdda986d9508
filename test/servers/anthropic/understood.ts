import type { Prompt, Turn } from '../answers/prompt.ts';
import { blocksOf, type MessagesRequest, type WireBlock } from './messagesRequest.ts';

function textOf(content: string | readonly WireBlock[] | undefined): string {
  if (content === undefined) return '';
  return blocksOf(content)
    .flatMap((block) => (block.type === 'text' ? [block.text ?? ''] : []))
    .join('\n');
}

/** What the model understands of a request. */
export function understood(request: MessagesRequest): Prompt {
  const names = new Map<string, string>();
  const inner = request.messages
    .filter((message) => message.role === 'system')
    .map(({ content }) => textOf(content));
  const turns = request.messages.flatMap((message): Turn[] => {
    if (message.role === 'system') return [];
    const { role } = message;
    const blocks = blocksOf(message.content);
    for (const block of blocks) if (block.type === 'tool_use') names.set(block.id ?? '', block.name ?? '');
    const results = blocks.flatMap((block): Turn[] =>
      block.type === 'tool_result'
        ? [{ role: 'tool', text: textOf(block.content), tool: names.get(block.tool_use_id ?? '') }]
        : [],
    );
    const text = textOf(message.content);
    return text === '' && results.length > 0 ? results : [...results, { role, text }];
  });
  const none = request.tool_choice?.type === 'none';
  return {
    system: [textOf(request.system), ...inner].filter(Boolean).join('\n\n'),
    turns,
    tools: none
      ? []
      : (request.tools ?? []).map((tool) => ({
          name: tool.name,
          description: tool.description ?? '',
          schema: tool.input_schema ?? {},
        })),
    schema: request.output_config?.format?.schema,
    mustCall: request.tool_choice?.type === 'any' || request.tool_choice?.type === 'tool',
  };
}

/** Whether a model thinks before this answer: always, unless it was switched off in the way that the model takes. */
export function thinksFirst(request: MessagesRequest): boolean {
  const quiet = request.thinking?.type;
  if (quiet === 'disabled') return false;
  if (quiet !== 'between_tools') return true;
  return blocksOf(request.messages.at(-1)?.content ?? []).some((block) => block.type === 'tool_result');
}
