import { ApiError, badRequest } from './apiError.ts';
import { type ClaudeModel, claudeModels } from './claudeLine.ts';

export interface WireBlock {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: Record<string, unknown>;
  readonly tool_use_id?: string;
  readonly content?: string | readonly WireBlock[];
  readonly is_error?: boolean;
  readonly source?: object;
  readonly thinking?: string;
  readonly cache_control?: CacheMark | null;
}

export interface CacheMark {
  readonly type: 'ephemeral';
  readonly ttl?: '5m' | '1h';
}

export interface WireMessage {
  readonly role: 'user' | 'assistant' | 'system';
  readonly content: string | readonly WireBlock[];
}

export interface WireTool {
  readonly name: string;
  readonly description?: string;
  readonly input_schema?: Record<string, unknown>;
  readonly cache_control?: CacheMark | null;
}

export interface MessagesRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly messages: readonly WireMessage[];
  readonly system?: string | readonly WireBlock[];
  readonly tools?: readonly WireTool[];
  readonly tool_choice?: { readonly type: 'auto' | 'any' | 'tool' | 'none'; readonly name?: string };
  readonly thinking?: { readonly type: string; readonly display?: string };
  readonly output_config?: { readonly effort?: string; readonly format?: { readonly schema?: object } };
  readonly stop_sequences?: readonly string[];
  readonly stream?: boolean;
  readonly cache_control?: CacheMark | null;
}

const known = new Set(
  'model max_tokens messages system tools tool_choice thinking output_config stop_sequences stream cache_control container diagnostics inference_geo metadata service_tier speed user_profile_id workspace_id'.split(
    ' ',
  ),
);
const sampling = ['temperature', 'top_p', 'top_k'];
const efforts = ['low', 'medium', 'high', 'xhigh', 'max'];

export function blocksOf(content: string | readonly WireBlock[]): readonly WireBlock[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

export function findModel(id: string): ClaudeModel {
  const model = claudeModels.find((each) => each.id === id || each.id.replace(/-\d{8}$/, '') === id);
  if (!model) throw new ApiError(404, 'not_found_error', `model: ${id}`);
  return model;
}

/** Checks a body as the API does; throws the ApiError of what it would refuse. `maxTokens` is not asked for a mere count. */
export function checkRequest(body: Record<string, unknown>, counting: boolean): MessagesRequest {
  for (const name of sampling)
    if (name in body) throw badRequest(`${name}: sampling parameters are not supported on this model`);
  for (const name of Object.keys(body))
    if (!known.has(name)) throw badRequest(`${name}: Extra inputs are not permitted`);
  for (const name of counting ? ['model', 'messages'] : ['model', 'max_tokens', 'messages'])
    if (!(name in body)) throw badRequest(`${name}: Field required`);
  const request = body as unknown as MessagesRequest;
  if (typeof request.model !== 'string') throw badRequest('model: Input should be a valid string');
  if (!Array.isArray(request.messages)) throw badRequest('messages: Input should be a valid list');
  const model = findModel(request.model);
  if (!counting) checkTokens(request, model);
  checkMessages(request.messages);
  checkTools(request, model);
  const thinking = request.thinking?.type;
  if (thinking && !['adaptive', 'enabled', 'disabled', 'between_tools'].includes(thinking))
    throw badRequest(
      `thinking.type: Input tag '${thinking}' found using 'type' does not match any of the expected tags`,
    );
  if ((thinking === 'disabled' || thinking === 'between_tools') && thinking !== model.quiet)
    throw badRequest(`thinking.type: "${thinking}" is not supported on ${model.id}`);
  const effort = request.output_config?.effort;
  if (effort !== undefined && !efforts.includes(effort))
    throw badRequest(`output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'`);
  if (thinking === 'disabled' && (effort === 'xhigh' || effort === 'max'))
    throw badRequest(`thinking.type: "disabled" is not supported with effort "${effort}"`);
  return request;
}

function checkTokens(request: MessagesRequest, model: ClaudeModel): void {
  if (!Number.isInteger(request.max_tokens)) throw badRequest('max_tokens: Input should be a valid integer');
  if (request.max_tokens < 1) throw badRequest('max_tokens: Input should be greater than or equal to 1');
  if (request.max_tokens > model.maxOutput)
    throw badRequest(
      `max_tokens: ${request.max_tokens} > ${model.maxOutput}, which is the maximum allowed number of output tokens for ${model.id}`,
    );
}

function checkMessages(messages: readonly WireMessage[]): void {
  if (messages.length === 0) throw badRequest('messages: at least one message is required');
  let open: readonly string[] = [];
  messages.forEach((message, at) => {
    if (!['user', 'assistant', 'system'].includes(message.role))
      throw badRequest(`messages.${at}.role: Input should be 'user', 'assistant' or 'system'`);
    if (typeof message.content !== 'string' && !Array.isArray(message.content))
      throw badRequest(`messages.${at}.content: Field required`);
    const blocks = blocksOf(message.content);
    if (blocks.length === 0 && at < messages.length - 1)
      throw badRequest(
        `messages.${at}: all messages must have non-empty content except for the optional final assistant message`,
      );
    for (const block of blocks) {
      if (block.type !== 'text') continue;
      if (block.text === '') throw badRequest('messages: text content blocks must be non-empty');
      if (block.text?.trim() === '')
        throw badRequest('messages: text content blocks must contain non-whitespace text');
    }
    const results = blocks.flatMap((block) =>
      block.type === 'tool_result' ? [block.tool_use_id ?? ''] : [],
    );
    const missing = open.filter((id) => !results.includes(id));
    if (missing.length > 0)
      throw badRequest(
        `messages.${at - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      );
    const unknown = results.find((id) => !open.includes(id));
    if (unknown !== undefined)
      throw badRequest(
        `messages.${at}.content: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${unknown}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    open = blocks.flatMap((block) => (block.type === 'tool_use' ? [block.id ?? ''] : []));
  });
  const last = messages.at(-1)!;
  if (last.role === 'assistant')
    throw badRequest(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
}

function checkTools(request: MessagesRequest, model: ClaudeModel): void {
  (request.tools ?? []).forEach((tool, at) => {
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(tool.name))
      throw badRequest(`tools.${at}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`);
    if (tool.input_schema?.type !== 'object')
      throw badRequest(`tools.${at}.custom.input_schema.type: Field required`);
  });
  const names = (request.tools ?? []).map((tool) => tool.name);
  if (new Set(names).size < names.length) throw badRequest('tools: Tool names must be unique.');
  const choice = request.tool_choice?.type;
  if (choice && choice !== 'auto' && choice !== 'none' && names.length === 0)
    throw badRequest('tool_choice: `tools` must be provided when `tool_choice` is');
  if ((choice === 'any' || choice === 'tool') && !model.forcedToolChoice)
    throw badRequest(`tool_choice: forced tool use is not supported on ${model.id}`);
}
