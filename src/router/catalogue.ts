import type { DifficultyBand } from '../vocabulary/experience.ts';
import type { Model } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';
import { isHeld } from './heldTask.ts';
import { type Family, families, type Role, type SizeRow } from './modelCatalogue.ts';

export const roleOfTask: Readonly<Record<Task, Role>> = {
  explain: 'light',
  chat: 'light',
  commit: 'light',
  shell: 'light',
  document: 'code',
  tests: 'code',
  generate: 'code',
  edit: 'code',
  fix: 'code',
  refactor: 'code',
  review: 'code',
  prose: 'writing',
  architecture: 'reasoning',
  security: 'security',
};

/** What a task asks of a model: to write code, to understand it and say so, or to write text. */
const skillOfTask: Readonly<Record<Task, 'code' | 'reading' | 'text'>> = {
  tests: 'code',
  generate: 'code',
  edit: 'code',
  fix: 'code',
  refactor: 'code',
  document: 'reading',
  explain: 'reading',
  review: 'reading',
  architecture: 'reading',
  security: 'reading',
  chat: 'text',
  commit: 'text',
  shell: 'text',
  prose: 'text',
};

/** Bytes for each parameter at four and a half bits, which Ollama's usual Q4_K_M comes to. */
const bytesPerParameter = 0.6;

/** Thousands of millions of parameters as reported, else as the tag says (`:7b`), else undefined. */
export function sizeOf(model: Pick<Model, 'id' | 'parametersBillion'>): number | undefined {
  if (model.parametersBillion !== undefined) return model.parametersBillion;
  const tag = /(?:^|[:\-_])e?(\d{1,4}(?:\.\d{1,3})?)(b|m)(?:$|[-_])/i.exec(model.id.name);
  if (!tag) return undefined;
  const number = Number(tag[1]);
  return tag[2]?.toLowerCase() === 'm' ? number / 1000 : number;
}

/** A name without its registry and namespace: `hf.co/someone/Qwen2.5-Coder-7B` is `qwen2.5-coder-7b`. */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}

/** Bytes of a model's file, a guess from its size where its provider tells none. */
export function fileBytes(model: Model): number {
  return model.sizeBytes ?? catalogued(model).size * 1e9 * bytesPerParameter;
}

/** What is known of one model. */
export interface Catalogued {
  /** Undefined where the catalogue does not know the model's name. */
  readonly family: Family | undefined;
  /** Thousands of millions of parameters, a guess from its file or its family where nothing tells. */
  readonly size: number;
  /** Of these, those that one token takes. */
  readonly active: number;
  readonly meantFor: readonly Role[];
  /** A base model: follows a chat only where a probe found that it does. */
  readonly base: boolean;
  /** Thinks before each answer. */
  readonly thinks: boolean;
  readonly code: number;
  readonly follows: number;
  readonly contest: number;
}

const known = new WeakMap<Model, Catalogued>();

/** Looked up once for each description of a model. */
export function catalogued(model: Model): Catalogued {
  let found = known.get(model);
  if (!found) {
    found = look(model);
    known.set(model, found);
  }
  return found;
}

function look(model: Model): Catalogued {
  const name = bareName(model.id.name);
  const family = families.find((one) => one.name.test(name));
  const size =
    sizeOf(model) ??
    (model.sizeBytes === undefined ? undefined : model.sizeBytes / 1e9 / bytesPerParameter) ??
    family?.sizes[0]?.size ??
    3;
  const row = rowOf(family, size);
  const activeTag = /-a(\d+(?:\.\d+)?)b/.exec(name)?.[1];
  const asLarge = size * (isLater(model) ? 2 : 1);
  const code = row?.code?.[0] ?? codeBySize(asLarge * (/code/.test(name) ? 2 : 1));
  return {
    family,
    size,
    active: row?.active ?? (activeTag === undefined ? size : Math.min(size, Number(activeTag))),
    meantFor: row?.meantFor ?? family?.meantFor ?? [],
    base: family?.base?.test(name) ?? false,
    thinks: family?.thinks ?? false,
    code,
    follows: row?.follows?.[0] ?? followsBySize(asLarge),
    contest: row?.contest?.[0] ?? code * contestShare,
  };
}

/** Architectures since 2024; `llama` is used by old and new models alike. */
const laterArchitecture = /^(?:qwen2|qwen3|gemma2|gemma3|phi3|granite|mistral3|gpt-?oss|deepseek2|llama4)/;

/**
 * Whether a model is of a later generation, as far as its description tells: it calls tools, or thinks, or is of a later
 * architecture. Such a one counts as one of twice its size, and so does one for code at code: in the table Llama 3.1 8B
 * (0.70) stands where the curve by size has 45B, Gemma 3 4B (0.71) and DeepSeek-Coder 6.7B (0.74) stand higher still.
 */
function isLater({ capabilities, family = '' }: Model): boolean {
  return capabilities.tools || capabilities.thinking || laterArchitecture.test(family.toLowerCase());
}

/** The largest row that is not larger than the model (names round: 6.7 is called 7), else the smallest. */
function rowOf(family: Family | undefined, size: number): SizeRow | undefined {
  return family?.sizes.findLast((row) => row.size <= size * 1.1) ?? family?.sizes[0];
}

/**
 * HumanEval of a general chat model of which only the size is known, at the lower edge of those in the table: SmolLM2
 * 1.7B 0.28, Mistral 7B 0.42, Mixtral 8x7B 0.45, Llama 3 70B 0.77.
 */
function codeBySize(size: number): number {
  return within(0.2 + 0.09 * Math.log2(size), 0.03, 0.77);
}

/** The same for IFEval: SmolLM2 135M 0.30 and 1.7B 0.57, Qwen2.5 7B 0.71, Granite 3.3 8B 0.75, Llama 3.1 70B 0.88. */
function followsBySize(size: number): number {
  return within(0.5 + 0.08 * Math.log2(size), 0.1, 0.88);
}

/** LiveCodeBench over HumanEval: the median of the models in the table that have both (0.17 to 0.57). */
const contestShare = 0.3;

/** What following instructions comes to at what is hard: set by judgement, nothing published says it. */
const hardText = 0.6;

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** What is believed of a model before anything was seen of it on this machine. */
export interface Prior {
  /** 0.02..0.98: the probability that its answer will do. */
  readonly prior: number;
  /** As many observations as that belief counts for. */
  readonly weight: number;
  /** Whether the catalogue knows the model's family. */
  readonly known: boolean;
}

/** A belief of the table counts as six observations of this machine's own, a guess from size as four. */
const weightOfKnown = 6;
const weightOfGuess = 4;

/**
 * The prior of a model at a task, from its published figures. Medium work is as hard as what was measured: code as
 * HumanEval, text as IFEval, reading code the mean of both. Easy work is half of it, so where steps fail
 * independently the square root. Hard work is a contest's for code, and 0.6 of IFEval for text. An answer that is
 * held for its check gets its one repair, counted as half as likely to help as a first try.
 */
export function priorOf(model: Model, task: Task, band: DifficultyBand): Prior {
  const entry = catalogued(model);
  const skill = skillOfTask[task];
  const code = banded(entry.code, entry.contest, band);
  const text = banded(entry.follows, entry.follows * hardText, band);
  const once = skill === 'code' ? code : skill === 'text' ? text : (code + text) / 2;
  return {
    prior: within(skill !== 'text' && isHeld(task) ? repaired(once) : once, 0.02, 0.98),
    weight: entry.family ? weightOfKnown : weightOfGuess,
    known: entry.family !== undefined,
  };
}

function banded(medium: number, hard: number, band: DifficultyBand): number {
  return band === 'easy' ? Math.sqrt(medium) : band === 'medium' ? medium : Math.min(medium, hard);
}

/** Right at the first try, or else at the second. */
function repaired(once: number): number {
  return 1 - (1 - once) * (1 - once / 2);
}

/** The probability that a held answer is not right at the first try, from the one that it is right in the end. */
export function repairOf(quality: number): number {
  return 1 - (1.5 - Math.sqrt(2.25 - 2 * quality));
}

/** Names that Ollama gives to architectures of one maker alone; `llama` and the like are used by many. */
const makersOfArchitecture: readonly (readonly [RegExp, string])[] = [
  [/^qwen/, 'qwen'],
  [/^deepseek/, 'deepseek'],
  [/^(?:chatglm|glm)/, 'glm'],
  [/^gemma/, 'gemma'],
  [/^phi/, 'phi'],
  [/^granite/, 'granite'],
  [/^starcoder/, 'starcoder'],
  [/^gpt-?oss/, 'gpt-oss'],
  [/^mistral/, 'mistral'],
  [/^command/, 'command-r'],
  [/^exaone/, 'exaone'],
  [/^falcon/, 'falcon'],
];

/**
 * The families that a model's name and its architecture speak of, each with its makers and countries; empty where
 * neither is known. A fine-tune under a name of its own still has its architecture's origin.
 */
export function originsOf(model: Model): readonly Pick<Family, 'makers' | 'countries'>[] {
  const architecture = model.family?.toLowerCase();
  const likeness = architecture
    ? makersOfArchitecture.find(([pattern]) => pattern.test(architecture))?.[1]
    : undefined;
  const base = likeness === undefined ? undefined : families.find((one) => one.name.test(likeness));
  const own = catalogued(model).family;
  return [own, base === own ? undefined : base].filter((one) => one !== undefined);
}
