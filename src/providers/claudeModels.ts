import type { Model, Tier } from '../vocabulary/model.ts';

/** What Maia has to know of a Claude model to ask it rightly. Anthropic's model notes of 2026-11-03. */
export interface ClaudeTraits {
  /** Tokens. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /**
   * How its thinking is kept out: `disabled`, `between_tools` (where `disabled` is refused), `never` (it always thinks),
   * or `unless asked` (it does not think by itself).
   */
  readonly quiet: 'disabled' | 'between_tools' | 'never' | 'unless asked';
  /** Takes `output_config.effort`. */
  readonly effort: boolean;
  /** Takes a `tool_choice` that forces a call. */
  readonly forcedTools: boolean;
}

const million = 1_000_000;
const current = { contextTokens: million, maxOutputTokens: 128_000, effort: true };

/** By the beginning of the id, the most particular first. */
const table: readonly (readonly [string, ClaudeTraits])[] = [
  ['claude-haiku-5-5', { ...current, quiet: 'disabled', forcedTools: true }],
  ['claude-sonnet-5-5', { ...current, quiet: 'between_tools', forcedTools: false }],
  ['claude-opus-5-5', { ...current, quiet: 'never', forcedTools: false }],
  ['claude-fable-5', { ...current, quiet: 'never', forcedTools: false }],
  ['claude-mythos-5', { ...current, quiet: 'never', forcedTools: false }],
  [
    'claude-haiku-4-5',
    {
      contextTokens: 200_000,
      maxOutputTokens: 64_000,
      quiet: 'unless asked',
      effort: false,
      forcedTools: true,
    },
  ],
  [
    'claude-sonnet-4-5',
    {
      contextTokens: 200_000,
      maxOutputTokens: 64_000,
      quiet: 'unless asked',
      effort: false,
      forcedTools: true,
    },
  ],
];

/** For ids that the table does not know: nothing is asked for that a model might refuse. */
const unknown: ClaudeTraits = {
  contextTokens: 200_000,
  maxOutputTokens: 64_000,
  quiet: 'never',
  effort: false,
  forcedTools: false,
};

export function claudeTraits(id: string): ClaudeTraits {
  return table.find(([start]) => id.startsWith(start))?.[1] ?? unknown;
}

/** A row of `GET /v1/models`, as far as Maia reads it. */
export interface ListedModel {
  readonly id: string;
  readonly max_input_tokens?: number | null;
  readonly max_tokens?: number | null;
  readonly lifecycle?: string | null;
}

/** The models that stand for the three tiers: limits from Anthropic's own list where it was read, else the table's. */
export function claudeModels(
  ids: Readonly<Record<Tier, string>>,
  listed: readonly ListedModel[] = [],
): readonly Model[] {
  const tiers: readonly Tier[] = ['haiku', 'sonnet', 'opus'];
  return tiers.flatMap((tier): Model[] => {
    const id = ids[tier];
    const traits = claudeTraits(id);
    const row = listed.find((model) => model.id === id);
    if (!id || row?.lifecycle === 'retired') return [];
    return [
      {
        id: { provider: 'claude', name: id },
        boundary: 'cloud',
        route: 'claude',
        tier,
        family: 'claude',
        capabilities: { chat: true, tools: true, images: true, thinking: true },
        contextTokens: row?.max_input_tokens || traits.contextTokens,
        maxOutputTokens: row?.max_tokens || traits.maxOutputTokens,
      },
    ];
  });
}
