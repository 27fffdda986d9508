/** What the server knows of a Claude model. */
export interface ClaudeModel {
  readonly id: string;
  readonly name: string;
  readonly line: 'haiku' | 'sonnet' | 'opus' | 'fable';
  readonly window: number;
  readonly maxOutput: number;
  /** Tokens that a prefix must have to be cached at all. */
  readonly cacheMinimum: number;
  /** How its thinking can be switched off; `no` = it cannot. */
  readonly quiet: 'disabled' | 'between_tools' | 'no';
  readonly forcedToolChoice: boolean;
  readonly createdAt: string;
}

const current = {
  window: 1_000_000,
  maxOutput: 128_000,
  cacheMinimum: 512,
  forcedToolChoice: false,
} as const;

export const claudeModels: readonly ClaudeModel[] = [
  {
    ...current,
    id: 'claude-fable-5-2',
    name: 'Claude Fable 5.2',
    line: 'fable',
    quiet: 'no',
    createdAt: '2026-11-03T00:00:00Z',
  },
  {
    ...current,
    id: 'claude-haiku-5-5',
    name: 'Claude Haiku 5.5',
    line: 'haiku',
    quiet: 'disabled',
    forcedToolChoice: true,
    createdAt: '2026-11-03T00:00:00Z',
  },
  {
    ...current,
    id: 'claude-sonnet-5-5',
    name: 'Claude Sonnet 5.5',
    line: 'sonnet',
    quiet: 'between_tools',
    createdAt: '2026-11-03T00:00:00Z',
  },
  {
    ...current,
    id: 'claude-opus-5-5',
    name: 'Claude Opus 5.5',
    line: 'opus',
    quiet: 'no',
    createdAt: '2026-11-03T00:00:00Z',
  },
  {
    ...current,
    id: 'claude-sonnet-5',
    name: 'Claude Sonnet 5',
    line: 'sonnet',
    cacheMinimum: 1024,
    quiet: 'disabled',
    forcedToolChoice: true,
    createdAt: '2026-06-01T00:00:00Z',
  },
  {
    id: 'claude-haiku-4-5-20251001',
    name: 'Claude Haiku 4.5',
    line: 'haiku',
    window: 200_000,
    maxOutput: 64_000,
    cacheMinimum: 4096,
    quiet: 'disabled',
    forcedToolChoice: true,
    createdAt: '2025-10-01T00:00:00Z',
  },
];

const yes = { supported: true };
const no = { supported: false };

/** One entry of `/v1/models`. */
export function modelInfo(model: ClaudeModel) {
  return {
    type: 'model',
    id: model.id,
    display_name: model.name,
    created_at: model.createdAt,
    lifecycle: 'active',
    line: model.line,
    deprecated_at: null,
    retires_at: null,
    max_input_tokens: model.window,
    max_tokens: model.maxOutput,
    capabilities: {
      batch: yes,
      citations: yes,
      code_execution: yes,
      context_management: { supported: true },
      effort: { supported: true, low: yes, medium: yes, high: yes, xhigh: yes, max: yes },
      image_input: yes,
      pdf_input: yes,
      server_tools: { supported: true },
      structured_outputs: yes,
      thinking: {
        supported: true,
        types: {
          adaptive: yes,
          between_tools: model.quiet === 'between_tools' ? yes : no,
          disabled: model.quiet === 'disabled' ? yes : no,
        },
      },
    },
  };
}
