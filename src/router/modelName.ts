import type { Model } from '../vocabulary/model.ts';
import { bareName, sizeOf } from './catalogue.ts';

/** Families that people name without having them: then the answer is that it is not installed. */
const knownFamilies = new Set(
  'codellama llama qwen qwencoder qwq mistral mixtral ministral gemma codegemma phi starcoder deepseek deepseekcoder deepseekr devstral codestral granite granitecode gptoss smollm tinyllama falcon vicuna olmo yi wizardcoder commandr'.split(
    ' ',
  ),
);

/** Endings of tags that nobody means when naming a model. */
const packaging = new Set('latest instruct chat text it base q k m s l fp gguf hf x ud iq xs'.split(' '));

interface NameParts {
  readonly words: readonly string[];
  readonly versions: readonly string[];
  /** In thousands of millions of parameters. */
  readonly size?: number;
}

/** `Qwen2.5-Coder:7b-instruct` is the words qwen, coder, instruct, the version 2.5 and the size 7. */
function partsOf(name: string): NameParts {
  const words: string[] = [];
  const versions: string[] = [];
  let size: number | undefined;
  const parts = name
    .toLowerCase()
    .matchAll(/(\d+)x(\d+(?:\.\d+)?)b(?![a-z])|(\d+(?:\.\d+)?)(b|m)(?![a-z])|\d+(?:\.\d+)?|[a-z]+/g);
  for (const [whole, experts, each, number, unit] of parts) {
    if (experts !== undefined) size ??= Number(experts) * Number(each);
    else if (number !== undefined) size ??= unit === 'm' ? Number(number) / 1000 : Number(number);
    else if (/^[a-z]/.test(whole)) words.push(whole);
    else versions.push(whole);
  }
  return { words, versions, size };
}

/** 3 where all words are the same, 2 where those that were said lead, 0 where it is another family. */
function familyMatch(asked: readonly string[], own: readonly string[]): number {
  const meant = own.filter((word) => !packaging.has(word));
  const said = asked.filter((word) => !packaging.has(word));
  if (said.length === 0) return 0;
  if (said.join('') === meant.join('')) return 3;
  // A name's first word alone may be anybody's word ("command", "gpt"): only a family's name stands for its models.
  if (said[0] !== meant[0] || !knownFamilies.has(said.join(''))) return 0;
  let at = 0;
  for (const word of meant) if (word === said[at]) at += 1;
  return at === said.length ? 2 : 0;
}

const leading = new WeakMap<readonly Model[], RegExp>();

/** The families, and the first word of each installed name that is not packaging. */
function leadingWords(installed: readonly Model[]): RegExp {
  let found = leading.get(installed);
  if (!found) {
    const own = installed.map(({ id }) => {
      const { words } = partsOf(bareName(id.name));
      return words.find((word) => !packaging.has(word)) ?? words[0] ?? '';
    });
    found = new RegExp([...new Set([...knownFamilies, ...own])].join('|'));
    leading.set(installed, found);
  }
  return found;
}

/** Whether a text may hold a name that `modelNamed` knows: a quick look, which may say yes in vain, but never no. */
export function mayNameModel(text: string, installed: readonly Model[]): boolean {
  return leadingWords(installed).test(text.toLowerCase().replaceAll(/[^a-z]+/g, ''));
}

export interface Named {
  /** The installed tag, or what was said where nothing of that family is installed. */
  readonly model: string;
  /** What was said fits the tag in everything that was said. */
  readonly exact: boolean;
  readonly installed: boolean;
}

/**
 * The installed model that a name in prose means: "CodeLlama", "Llama 3B", "qwen coder". Undefined where the text is
 * no model's name at all.
 */
export function modelNamed(said: string, installed: readonly Model[]): Named | undefined {
  const spoken = said.trim().toLowerCase();
  const same = installed.find(({ id }) => [id.name.toLowerCase(), bareName(id.name)].includes(spoken));
  if (same) return { model: same.id.name, exact: true, installed: true };
  const asked = partsOf(bareName(spoken));
  if (asked.words.length === 0 || /[^a-z0-9.:_\- ]/.test(bareName(spoken))) return undefined;

  let best: { readonly model: Model; readonly score: number; readonly exact: boolean } | undefined;
  for (const model of [...installed].sort((a, b) => (a.id.name < b.id.name ? -1 : 1))) {
    const own = partsOf(bareName(model.id.name));
    const family = familyMatch(asked.words, own.words);
    if (family === 0 || !model.capabilities.chat) continue;
    const size = sizeOf(model);
    const sizes = own.size === undefined ? [size] : [own.size, size];
    const versionFits = asked.versions.every(
      (version) =>
        own.versions.some((one) => one === version || one.startsWith(`${version}.`)) ||
        (asked.size === undefined && sizes.includes(Number(version))),
    );
    const apart =
      asked.size === undefined || size === undefined
        ? 0
        : Math.min(...sizes.map((one) => Math.abs(Math.log2((asked.size ?? 1) / (one ?? 1)))));
    const exact = versionFits && apart < 0.25;
    // Of several that fit equally: the one in memory, else the largest that most machines hold.
    const handy = (model.loaded ? 0.5 : 0) + (size !== undefined && size <= 16 ? size / 100 : 0);
    const score = family * 100 - (versionFits ? 0 : 20) - apart * 5 + handy;
    if (!best || score > best.score) best = { model, score, exact };
  }
  if (best) return { model: best.model.id.name, exact: best.exact, installed: true };
  const family = asked.words.filter((word) => !packaging.has(word)).join('');
  return knownFamilies.has(family) ? { model: spoken, exact: false, installed: false } : undefined;
}
