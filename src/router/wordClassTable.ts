import { lexicon } from './lexicon.ts';

/** Word classes as bits, by the hash of a word and of a word's beginning. */
export interface ClassTable {
  readonly exact: ReadonlyMap<number, number>;
  readonly prefixes: ReadonlyMap<number, number>;
  /** Set at the lower bits of each key of `prefixes`. */
  readonly beginnings: Uint8Array;
  /** Words of five letters and more by their letters in any order: a slip swaps two of them. */
  readonly swapped: ReadonlyMap<number, number>;
  /** The hash of the word that is meant, by the same sum. */
  readonly meant: ReadonlyMap<number, number>;
}

let table: ClassTable | undefined;

/** The same hash as the features use while they read a word letter by letter. */
export function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1)
    hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193) + 0x7f4a7c15;
  return hash;
}

/** What a letter adds to the sum that words of the same letters share. */
export function letterSum(unit: number): number {
  return Math.imul(unit, 0x9e3779b1) ^ Math.imul(unit, unit);
}

/** One bit for each class of the lexicon in its order, at most 27; words of several words are left to word pairs. */
export function classTable(): ClassTable {
  if (table) return table;
  const exact = new Map<number, number>();
  const prefixes = new Map<number, number>();
  const swapped = new Map<number, number>();
  const meant = new Map<number, number>();
  Object.values(lexicon).forEach((words, place) => {
    for (const word of words.split(/\s+/)) {
      if (word === '' || /[|'-]/.test(word)) continue;
      const starts = word.endsWith('*');
      const map = starts ? prefixes : exact;
      const hash = hashOf(starts ? word.slice(0, -1) : word);
      map.set(hash, (map.get(hash) ?? 0) | (1 << place));
      if (word.length < 5) continue;
      let sum = 0;
      for (const letter of word.replace('*', '')) sum = (sum + letterSum(letter.charCodeAt(0))) | 0;
      if (!meant.has(sum)) meant.set(sum, hash);
      swapped.set(sum, (swapped.get(sum) ?? 0) | (1 << place));
    }
  });
  const beginnings = new Uint8Array(beginningBits + 1);
  for (const hash of prefixes.keys()) beginnings[hash & beginningBits] = 1;
  table = { exact, prefixes, beginnings, swapped, meant };
  return table;
}

const beginningBits = 0x3fff;

/** False where no word of the table begins so; asked at every letter, it spares most of the looks into the map. */
export function mayBegin({ beginnings }: ClassTable, hash: number): boolean {
  return beginnings[hash & beginningBits] === 1;
}
