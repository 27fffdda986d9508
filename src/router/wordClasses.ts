import { lexicon, type WordClass } from './lexicon.ts';

/** A class with the 0-based place of its word in the clause. */
export interface Token {
  readonly classes: readonly WordClass[];
  /** Ends a clause: punctuation, or a word such as "and". */
  readonly ends: boolean;
}

interface Tables {
  readonly exact: Map<string, Set<WordClass>>;
  readonly prefixes: Map<string, Set<WordClass>>;
  readonly typos: Map<string, Set<WordClass>>;
}

let tables: Tables | undefined;

function add(map: Map<string, Set<WordClass>>, key: string, name: WordClass): void {
  const known = map.get(key);
  if (known) known.add(name);
  else map.set(key, new Set([name]));
}

/** Two neighbours swapped (`tets`), and, in longer words, one letter missing (`refator`). */
function* slips(word: string): Generator<string> {
  for (let at = 0; at + 1 < word.length; at++)
    if (word[at] !== word[at + 1]) yield word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  if (word.length >= 6)
    for (let at = 1; at < word.length - 1; at++) yield word.slice(0, at) + word.slice(at + 1);
}

function build(): Tables {
  const built: Tables = { exact: new Map(), prefixes: new Map(), typos: new Map() };
  for (const [name, words] of Object.entries(lexicon) as [WordClass, string][])
    for (const written of words.split(/\s+/)) {
      const word = written.replaceAll('|', ' ');
      if (word.endsWith('*')) add(built.prefixes, word.slice(0, -1), name);
      else add(built.exact, word, name);
      const bare = word.replace('*', '');
      if (/^[a-zäöüßáéíóúñèêçàâîôû]{4,}$/.test(bare) && name !== 'polite')
        for (const slip of slips(bare)) add(built.typos, slip, name);
    }
  return built;
}

const none: readonly WordClass[] = [];
const longestPrefix = 24;

function classesOf(word: string, known: Tables): readonly WordClass[] {
  const found = new Set<WordClass>(known.exact.get(word));
  for (let length = 3; length <= Math.min(word.length, longestPrefix); length++)
    for (const name of known.prefixes.get(word.slice(0, length)) ?? none) found.add(name);
  if (found.size === 0) for (const name of known.typos.get(word) ?? none) found.add(name);
  return [...found];
}

const han = /^\p{Script=Han}/u;

/** Chinese is written without spaces: every known word of up to five characters counts, the longest first. */
function* hanTokens(run: string, known: Tables): Generator<Token> {
  const characters = [...run];
  let at = 0;
  while (at < characters.length) {
    let length = Math.min(5, characters.length - at);
    while (length > 1 && !known.exact.has(characters.slice(at, at + length).join(''))) length--;
    const classes = [...(known.exact.get(characters.slice(at, at + length).join('')) ?? none)];
    yield { classes, ends: classes.includes('and') };
    at += length;
  }
}

/** The words of a text with their classes, in one pass. */
export function tokens(text: string): readonly Token[] {
  tables ??= build();
  const known = tables;
  const found: Token[] = [];
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu)'(?=\p{L})/gu, ' ')
    .match(/\p{Script=Han}+|[\p{L}\p{N}_]+(?:['-][\p{L}\p{N}_]+)*|[.;!?,:\n。，；！？、：]/gu);
  if (!words) return found;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!/^[\p{L}\p{N}_]/u.test(word)) {
      found.push({ classes: none, ends: true });
      continue;
    }
    if (han.test(word)) {
      found.push(...hanTokens(word, known));
      continue;
    }
    const classes = new Set(classesOf(word, known));
    for (const name of known.exact.get(`${word} ${words[at + 1] ?? ''}`) ?? none) classes.add(name);
    for (const name of known.exact.get(`${word} ${words[at + 1] ?? ''} ${words[at + 2] ?? ''}`) ?? none)
      classes.add(name);
    found.push({ classes: [...classes], ends: classes.has('and') });
  }
  return found;
}
