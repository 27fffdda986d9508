import type { Boundary, Capabilities, LoadedModel, Model } from '../vocabulary/model.ts';
import { hasChatTemplate, isNamedBase } from './chatTemplate.ts';
import { windowBytesPerToken } from './modelMemory.ts';

/** A row of `/api/tags`, as far as Maia reads it; older servers leave fields out. */
export interface TagsRow {
  readonly name?: string;
  readonly model?: string;
  readonly size?: number;
  readonly digest?: string;
  readonly details?: {
    readonly family?: string;
    readonly parameter_size?: string;
    readonly context_length?: number;
  };
  readonly capabilities?: readonly string[];
  readonly remote_model?: string;
  readonly remote_host?: string;
}

/** The answer of `/api/show`, as far as Maia reads it. */
export interface ShowAnswer {
  readonly capabilities?: readonly string[];
  readonly model_info?: Readonly<Record<string, unknown>>;
  readonly parameters?: string;
  readonly template?: string;
  readonly modelfile?: string;
  readonly details?: { readonly family?: string; readonly parameter_size?: string };
  readonly remote_model?: string;
  readonly remote_host?: string;
}

/** A row of `/api/ps`. */
export interface PsRow {
  readonly name?: string;
  readonly model?: string;
  readonly size?: number;
  readonly size_vram?: number;
  readonly expires_at?: string;
  readonly context_length?: number;
}

/** A window that any chat model has, for a server that does not tell. */
const leastContext = 2_048;

/** After this, "stays until asked to leave": Ollama writes the year 2319 for a keep-alive without end. */
const foreverYear = 2200;

/** What is known of a model from the list, its description and what is loaded; `show` is missing where it failed. */
export function ollamaModel(
  tags: TagsRow,
  show: ShowAnswer | undefined,
  ps: PsRow | undefined,
  host: Boundary,
): Model {
  const name = tags.name ?? tags.model ?? '';
  const remote = isRemote(name, tags, show);
  const capabilities = capabilitiesOf(show?.capabilities ?? tags.capabilities);
  const family = show?.details?.family ?? tags.details?.family;
  const billion = parametersBillion(show, tags);
  const ownWindow = /^num_ctx\s+(\d+)\s*$/m.exec(show?.parameters ?? '')?.[1];
  const loaded = ps && loadedModel(ps);
  const perToken = windowBytesPerToken(show?.model_info);
  const chats = isNamedBase(name) ? false : show && hasChatTemplate(show);
  return {
    id: { provider: 'ollama', name },
    boundary: remote ? 'cloud' : host,
    route: remote ? 'other' : 'local',
    ...(tags.digest ? { digest: tags.digest } : {}),
    ...(family ? { family } : {}),
    ...(billion === undefined ? {} : { parametersBillion: billion }),
    ...(tags.size === undefined || remote ? {} : { sizeBytes: tags.size }),
    ...(perToken === undefined || remote ? {} : { windowBytesPerToken: perToken }),
    ...(chats === undefined ? {} : { chatTemplate: chats }),
    capabilities,
    contextTokens:
      trainedContext(show) ?? tags.details?.context_length ?? loaded?.contextTokens ?? leastContext,
    ...(ownWindow ? { defaultContextTokens: Number(ownWindow) } : {}),
    ...(loaded ? { loaded } : {}),
  };
}

/** A model that runs somewhere else behind Ollama. A name that says so is believed, whatever the fields say. */
export function isRemote(name: string, tags: TagsRow | undefined, show: ShowAnswer | undefined): boolean {
  return Boolean(
    tags?.remote_model ||
      tags?.remote_host ||
      show?.remote_model ||
      show?.remote_host ||
      /[:-]cloud$/i.test(name),
  );
}

function capabilitiesOf(said: readonly string[] | undefined): Capabilities {
  // Servers before capabilities: every model of theirs chats, nothing else is certain.
  if (!said) return { chat: true, tools: false, images: false, thinking: false };
  return {
    chat: said.includes('completion'),
    tools: said.includes('tools'),
    images: said.includes('vision'),
    thinking: said.includes('thinking'),
  };
}

function trainedContext(show: ShowAnswer | undefined): number | undefined {
  const architecture = show?.model_info?.['general.architecture'];
  if (typeof architecture !== 'string') return undefined;
  const length = show?.model_info?.[`${architecture}.context_length`];
  return typeof length === 'number' && length > 0 ? length : undefined;
}

function parametersBillion(show: ShowAnswer | undefined, tags: TagsRow): number | undefined {
  const count = show?.model_info?.['general.parameter_count'];
  if (typeof count === 'number' && count > 0) return count / 1e9;
  const written = /^([\d.]+)\s*([KMBT])$/i.exec(
    show?.details?.parameter_size ?? tags.details?.parameter_size ?? '',
  );
  if (!written) return undefined;
  const scale = { K: 1e-6, M: 1e-3, B: 1, T: 1e3 }[
    (written[2] ?? 'B').toUpperCase() as 'K' | 'M' | 'B' | 'T'
  ];
  const value = Number(written[1]) * scale;
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

export function loadedModel(row: PsRow): LoadedModel {
  const until = Date.parse(row.expires_at ?? '');
  const stays = !Number.isFinite(until) || new Date(until).getUTCFullYear() >= foreverYear;
  return {
    contextTokens: row.context_length ?? 0,
    memoryBytes: row.size ?? 0,
    gpuBytes: row.size_vram ?? 0,
    ...(stays ? {} : { expiresAt: until }),
  };
}
