import * as l10n from '@vscode/l10n';
import { budgetSentence } from '../phrases/budgets.ts';
import { dialName } from '../phrases/names.ts';
import type { Phrases } from '../phrases/phrases.ts';
import { readableBytes } from '../phrases/plainText.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { BudgetPeriod } from '../vocabulary/budget.ts';
import type { Health } from '../vocabulary/health.ts';
import type { Candidate } from '../vocabulary/model.ts';
import type { Dial, Mode } from '../vocabulary/policy.ts';
import { commandLink } from './commandLink.ts';
import type { CommandId } from './commandTable.ts';

export interface StatusInput {
  /** Undefined until the engine has looked for the first time. */
  readonly health: Health | undefined;
  readonly served: { readonly local: number; readonly all: number };
  readonly mode: Mode;
  readonly dial: Dial;
  /** What is taken of each limit; none where none is set. */
  readonly budget: readonly BudgetPeriod[];
  readonly offline: boolean;
  readonly practice: boolean;
  /** What VS Code calls the machine that the extension host runs on, where that is not the user's own. */
  readonly remote?: string;
  readonly phrases: Phrases;
}

export interface StatusView {
  readonly text: string;
  /** Markdown with links to `statusCommands` alone. */
  readonly tooltip: string;
  readonly accessibilityLabel: string;
  /** Set where nothing at all can answer. */
  readonly warning: boolean;
}

/** The commands that the tooltip may link to. */
export const statusCommands = [
  'maia.checkAgain',
  'maia.pullModel',
  'maia.openWalkthrough',
  'maia.setClaudeKey',
  'maia.chooseDial',
  'maia.openSavings',
  'maia.openLog',
] as const satisfies readonly CommandId[];

/** The status item's words: what was really served, and what would answer now. */
export function statusView(input: StatusInput): StatusView {
  const { health, served, practice } = input;
  if (!health)
    return {
      text: '$(loading~spin) Maia',
      tooltip: l10n.t('Maia is looking for models.'),
      accessibilityLabel: l10n.t('Maia: looking for models'),
      warning: false,
    };
  const local = localWords(health, input.mode);
  const claude = claudeWords(health, input);
  const share = served.all > 0 ? Math.round((served.local / served.all) * 100) : undefined;
  const parts = [`${local.icon} ${practice ? l10n.t('Maia practice') : 'Maia'}`];
  if (share !== undefined) parts.push(l10n.t('{0}% local', share));
  const servedText =
    share === undefined
      ? l10n.t('Nothing was asked today.')
      : l10n.t('Today {0} of {1} answers came from a local model.', served.local, served.all);
  const sentences = [local.text, claude.text, servedText, ...input.budget.map(budgetSentence)];
  return {
    text: parts.join(' '),
    tooltip: tooltip(input, health, sentences),
    accessibilityLabel: ['Maia', practice ? l10n.t('practice') : '', ...sentences].filter(Boolean).join(', '),
    warning: !local.answers && !claude.answers,
  };
}

interface Words {
  readonly icon: string;
  readonly text: string;
  readonly answers: boolean;
}

function localWords(health: Health, mode: Mode): Words {
  const host = hostOf(health.host);
  if (mode === 'claudeOnly') return { icon: '$(cloud)', text: l10n.t('Mode: Claude only.'), answers: false };
  switch (health.local) {
    case 'ready':
      return { icon: '$(chip)', text: l10n.t('Local models are ready.'), answers: true };
    case 'loading':
      return { icon: '$(loading~spin)', text: l10n.t('A local model is loading.'), answers: true };
    case 'busy':
      return { icon: '$(sync~spin)', text: l10n.t('A local model is answering.'), answers: true };
    case 'noModels':
      return { icon: '$(cloud-download)', text: l10n.t('Ollama has no model yet.'), answers: false };
    case 'unreachable':
      return {
        icon: health.claude === 'ready' ? '$(cloud)' : '$(debug-disconnect)',
        text: l10n.t('Ollama does not answer at {0}.', host),
        answers: false,
      };
    default:
      return { icon: '$(loading~spin)', text: l10n.t('Looking for local models.'), answers: true };
  }
}

function claudeWords(health: Health, { mode, offline }: StatusInput): Omit<Words, 'icon'> {
  if (mode === 'localOnly') return { text: l10n.t('Mode: local only.'), answers: false };
  if (offline) return { text: l10n.t('Offline by your setting.'), answers: false };
  switch (health.claude) {
    case 'ready':
      return { text: l10n.t('Claude is ready.'), answers: true };
    case 'noKey':
      return { text: l10n.t('Claude has no key.'), answers: false };
    case 'failing':
      return { text: l10n.t('Claude fails just now.'), answers: false };
    case 'offline':
      return { text: l10n.t('Claude: no network.'), answers: false };
    default:
      return { text: l10n.t('Claude was not asked yet.'), answers: true };
  }
}

function tooltip(input: StatusInput, health: Health, sentences: readonly string[]): string {
  const title = input.practice ? l10n.t('**Maia** · practice: no real model, no real money') : '**Maia**';
  const where = isElsewhere(input.remote)
    ? l10n.t('"Local" is the machine that you are connected to: {0}.', escapeMarkdown(input.remote ?? ''))
    : '';
  const links = [
    commandLink(l10n.t('Check again'), 'maia.checkAgain'),
    health.local === 'unreachable'
      ? commandLink(l10n.t('Get started'), 'maia.openWalkthrough')
      : commandLink(l10n.t('Pull a model'), 'maia.pullModel'),
    ...(health.claude === 'noKey' ? [commandLink(l10n.t('Set key'), 'maia.setClaudeKey')] : []),
    commandLink(l10n.t('Dial: {0}', dialName(input.dial)), 'maia.chooseDial'),
    commandLink(l10n.t('Savings'), 'maia.openSavings'),
    commandLink(l10n.t('Log'), 'maia.openLog'),
  ];
  return [
    title,
    sentences.map(escapeMarkdown).join('  \n'),
    where,
    table(health, input.phrases),
    links.join(' · '),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The workbench in a browser on the same machine calls it by its loopback address. */
function isElsewhere(remote: string | undefined): remote is string {
  return remote !== undefined && !/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(remote);
}

function table(health: Health, phrases: Phrases): string {
  const local = health.candidates.filter((candidate) => candidate.model.id.provider === 'ollama');
  if (local.length === 0) return '';
  const head = [
    l10n.t('Model'),
    l10n.t('In memory'),
    l10n.t('Context'),
    l10n.t('Tokens/s'),
    l10n.t('Last error'),
  ];
  const rows = local.map((candidate) => row(candidate, health, phrases));
  return [tableRow(head), '|:--|:--|--:|--:|:--|', ...rows].join('\n');
}

function row({ model, speed, state }: Candidate, health: Health, phrases: Phrases): string {
  const error = health.lastErrors.find((one) => one.model === model.id.name);
  const cells = [
    model.id.name,
    model.loaded ? readableBytes(model.loaded.memoryBytes) : '–',
    (model.loaded?.contextTokens ?? model.contextTokens).toLocaleString('en'),
    speed ? speed.tokensPerSecond.toFixed(speed.tokensPerSecond < 10 ? 1 : 0) : '–',
    error ? phrases.failure(error.failure).text : state === 'ready' ? '–' : l10n.t('not answering'),
  ];
  return tableRow(cells.map(escapeMarkdown));
}

/** A hover sets its cells side by side without any space between. */
function tableRow(cells: readonly string[]): string {
  return `| ${cells.join('&nbsp;&nbsp; | ')} |`;
}

function hostOf(host: string): string {
  return URL.canParse(host) ? new URL(host).host : host;
}
