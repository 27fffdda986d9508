import { createHash } from 'node:crypto';
import type { Quality } from '../answers/spoil.ts';

/** A model that a server has or can pull; everything but the name has a plausible default made from the name. */
export interface ModelSpec {
  /** With its tag: `codellama:13b`. */
  readonly name: string;
  readonly family?: string;
  /** As Ollama writes it: `13B`, `134.52M`. */
  readonly parameterSize?: string;
  readonly sizeBytes?: number;
  readonly quantization?: string;
  readonly capabilities?: readonly string[];
  /** The window that it was trained for, in tokens. */
  readonly contextLength?: number;
  /** `PARAMETER num_ctx` of its Modelfile. */
  readonly numCtx?: number;
  /** Set for a cloud model that this server only lists and relays. */
  readonly remoteModel?: string;
  readonly remoteHost?: string;
  /** Milliseconds that a load takes. */
  readonly loadMs?: number;
  readonly tokensPerSecond?: number;
  readonly promptTokensPerSecond?: number;
  /** Bytes of its memory that lie on a GPU; 0 by default. */
  readonly gpuBytes?: number;
  readonly quality?: Quality;
  /** Answers rightly once it is told what a check found. */
  readonly mends?: boolean;
  /** How unlikely its tokens are to itself: the mean of their log-probabilities, made positive. */
  readonly doubt?: number;
  /** ChatML by default. */
  readonly template?: string;
}

export type FullModel = Required<
  Omit<ModelSpec, 'numCtx' | 'remoteModel' | 'remoteHost' | 'quality' | 'template'>
> &
  Pick<ModelSpec, 'numCtx' | 'remoteModel' | 'remoteHost' | 'template'> & {
    readonly quality: Quality;
    readonly digest: string;
    readonly parameterCount: number;
    readonly parentModel: string;
    readonly modifiedAt: string;
  };

interface Line {
  readonly match: RegExp;
  readonly family: string;
  readonly capabilities: readonly string[];
  readonly contextLength: number;
}

/** What `/api/show` says of well-known models; the first match counts. */
const lines: readonly Line[] = [
  { match: /embed|bge|minilm/, family: 'nomic-bert', capabilities: ['embedding'], contextLength: 2048 },
  { match: /^codellama/, family: 'llama', capabilities: ['completion', 'insert'], contextLength: 16_384 },
  { match: /^llama3/, family: 'llama', capabilities: ['completion', 'tools'], contextLength: 131_072 },
  {
    match: /^qwen2\.5-coder/,
    family: 'qwen2',
    capabilities: ['completion', 'tools', 'insert'],
    contextLength: 32_768,
  },
  {
    match: /^qwen3/,
    family: 'qwen3',
    capabilities: ['completion', 'tools', 'thinking'],
    contextLength: 40_960,
  },
  {
    match: /^deepseek-r1/,
    family: 'qwen2',
    capabilities: ['completion', 'thinking'],
    contextLength: 131_072,
  },
  {
    match: /^gpt-oss/,
    family: 'gptoss',
    capabilities: ['completion', 'tools', 'thinking'],
    contextLength: 131_072,
  },
  { match: /^llava|vision/, family: 'llama', capabilities: ['completion', 'vision'], contextLength: 32_768 },
  { match: /-tools/, family: 'llama', capabilities: ['completion', 'tools'], contextLength: 8192 },
  { match: /^smollm2/, family: 'llama', capabilities: ['completion'], contextLength: 8192 },
];
const otherLine: Line = { match: /./, family: 'llama', capabilities: ['completion'], contextLength: 8192 };

/** Gives a name its tag, as Ollama does. */
export function withTag(name: string): string {
  return /:[^/]*$/.test(name) ? name : `${name}:latest`;
}

export function sizeBillion(parameterSize: string): number {
  const [, digits = '7', unit = 'B'] = /^([\d.]+)\s*([BM])?/i.exec(parameterSize) ?? [];
  return unit.toUpperCase() === 'M' ? Number(digits) / 1000 : Number(digits);
}

export function completeModel(
  spec: ModelSpec,
  defaults: Partial<ModelSpec>,
  modifiedAt: string,
  parentModel = '',
): FullModel {
  const name = withTag(spec.name);
  const line = lines.find((each) => each.match.test(name)) ?? otherLine;
  const parameterSize =
    spec.parameterSize ??
    /:(\d+(?:\.\d+)?[bm])/i.exec(name)?.[1]?.toUpperCase() ??
    (spec.remoteModel ? '' : '7B');
  const billion = sizeBillion(parameterSize);
  return {
    name,
    family: spec.family ?? line.family,
    parameterSize,
    sizeBytes: spec.sizeBytes ?? (spec.remoteModel ? 384 : Math.round(billion * 0.67e9)),
    quantization: spec.quantization ?? 'Q4_K_M',
    capabilities: spec.capabilities ?? line.capabilities,
    contextLength: spec.contextLength ?? line.contextLength,
    numCtx: spec.numCtx,
    remoteModel: spec.remoteModel,
    remoteHost: spec.remoteHost ?? (spec.remoteModel ? 'https://ollama.com:443' : undefined),
    loadMs: spec.loadMs ?? defaults.loadMs ?? 0,
    tokensPerSecond: spec.tokensPerSecond ?? defaults.tokensPerSecond ?? Number.POSITIVE_INFINITY,
    promptTokensPerSecond:
      spec.promptTokensPerSecond ?? defaults.promptTokensPerSecond ?? Number.POSITIVE_INFINITY,
    gpuBytes: spec.gpuBytes ?? 0,
    template: spec.template,
    doubt: spec.doubt ?? defaults.doubt ?? 0.25,
    mends: spec.mends ?? defaults.mends ?? false,
    quality: spec.quality ?? defaults.quality ?? 'good',
    digest: createHash('sha256')
      .update(`${name} ${spec.sizeBytes ?? billion}`)
      .digest('hex'),
    parameterCount: Math.round(billion * 1e9),
    parentModel,
    modifiedAt,
  };
}
