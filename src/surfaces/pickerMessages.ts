import * as vscode from 'vscode';
import type { Message, Part, Tool } from '../vocabulary/request.ts';

/** A caller's messages as a request has them. Parts of kinds that Maia does not know are left out. */
export function messagesOf(messages: readonly vscode.LanguageModelChatRequestMessage[]): readonly Message[] {
  // A result names its call by id alone, and Ollama wants the tool's name with it.
  const toolNames = new Map<string, string>();
  return messages.flatMap((message) => {
    const parts = message.content.flatMap((part) => partOf(part, toolNames));
    return parts.length > 0 ? [{ role: roleOf(message.role), parts }] : [];
  });
}

export function toolsOf(tools: readonly vscode.LanguageModelChatTool[] | undefined): readonly Tool[] {
  return (tools ?? []).map(({ name, description, inputSchema }) => ({
    name,
    description,
    ...(inputSchema ? { inputSchema } : {}),
  }));
}

/** The text of the first user message, by which a conversation is known again. */
export function firstUserText(messages: readonly Message[]): string {
  const first = messages.find((message) => message.role === 'user');
  return first?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n') ?? '';
}

/** About four characters a token, as in English and code; a guide for callers that trim their prompts. */
export function tokensOf(text: string | vscode.LanguageModelChatRequestMessage): number {
  const written =
    typeof text === 'string'
      ? text
      : text.content.map((part) => JSON.stringify(partOf(part, new Map()))).join('');
  return Math.ceil(written.length / 4);
}

function partOf(part: unknown, toolNames: Map<string, string>): readonly Part[] {
  if (part instanceof vscode.LanguageModelTextPart)
    return part.value === '' ? [] : [{ type: 'text', text: part.value }];
  if (part instanceof vscode.LanguageModelToolCallPart) {
    toolNames.set(part.callId, part.name);
    return [{ type: 'toolCall', callId: part.callId, name: part.name, input: part.input }];
  }
  if (part instanceof vscode.LanguageModelToolResultPart) {
    const name = toolNames.get(part.callId) ?? '';
    return [{ type: 'toolResult', callId: part.callId, name, text: part.content.map(textOf).join('\n') }];
  }
  if (part instanceof vscode.LanguageModelDataPart && part.mimeType.startsWith('image/'))
    return [{ type: 'image', mime: part.mimeType, data: part.data }];
  return [];
}

function textOf(content: unknown): string {
  if (content instanceof vscode.LanguageModelTextPart) return content.value;
  if (content instanceof vscode.LanguageModelPromptTsxPart) return JSON.stringify(content.value);
  if (content instanceof vscode.LanguageModelDataPart)
    return content.mimeType.startsWith('text/') || content.mimeType === 'application/json'
      ? new TextDecoder().decode(content.data)
      : '';
  return typeof content === 'string' ? content : '';
}

/** The role of a system message is proposed still; its number arrives all the same. */
const systemRole = 3;

function roleOf(role: vscode.LanguageModelChatMessageRole): Message['role'] {
  if (role === vscode.LanguageModelChatMessageRole.Assistant) return 'assistant';
  return (role as number) === systemRole ? 'system' : 'user';
}
