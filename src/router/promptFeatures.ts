import type { PromptZones } from './promptZones.ts';
import { CueRow } from './questionCues.ts';
import { classTable, letterSum, mayBegin } from './wordClassTable.ts';
import { isHan, isLetter, WordScanner } from './wordScanner.ts';

/** Rows of the weight table: features are hashed to this many. */
export const buckets = 1 << 16;

/** What each group of features is worth beside the others is learned; within one group every feature counts alike. */
export const groups = [
  'askWords',
  'askLetters',
  'askClasses',
  'body',
  'asked',
  'pasted',
  'shape',
  'length',
  'cues',
] as const;

const most = 6144;
const longestTitle = 160;
/** Bits of the word classes; the five above hold a length. */
const classBits = (1 << 27) - 1;

/**
 * Hashed features of one prompt, in a buffer that is used again. `ends[g]` is where group `g` of `groups` ends;
 * `rows[0..ends.at(-1)]` are rows of the weight table.
 */
export class PromptFeatures {
  readonly rows = new Uint16Array(most);
  /** Tells features apart that share a row: 1..255. */
  readonly marks = new Uint8Array(most);
  readonly ends = new Uint16Array(groups.length);
  #count = 0;
  readonly #scanner = new WordScanner();
  readonly #words = this.#scanner.words;
  readonly #pairs = this.#scanner.pairs;
  /** The kinds of cues of each zone in their order, noted while its words are there. */
  readonly #askCues = new CueRow();
  readonly #bodyCues = new CueRow();
  readonly #askedCues = new CueRow();

  /** Reads the features of a prompt; `attached` tells whether anything goes along with it. */
  read(zones: PromptZones, attached: boolean): void {
    this.#count = 0;
    const post = zones.body.length > 60;
    this.#ask(zones.ask, post);
    this.#body(zones.body);
    this.#classes(zones.body, 0x7373);
    this.ends[3] = this.#count;
    this.#asked(zones.asked);
    this.ends[4] = this.#count;
    this.#plain(zones.pasted, 0x2545f491, 60);
    this.ends[5] = this.#count;
    this.#shape(zones, attached);
    this.ends[6] = this.#count;
    this.#add(
      Math.imul(0x77 + (post ? 1 + Math.min(4, Math.floor(zones.body.length / 150)) : 0), 0x7f4a7c15),
    );
    this.ends[7] = this.#count;
    this.#cues(zones, post);
    this.ends[8] = this.#count;
  }

  #add(hash: number): void {
    if (this.#count >= most) return;
    let mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
    mixed ^= mixed >>> 15;
    this.rows[this.#count] = mixed & (buckets - 1);
    this.marks[this.#count] = 1 + ((mixed >>> 16) % 255);
    this.#count += 1;
  }

  #ask(text: string, title: boolean): void {
    const count = this.#scanner.read(text, 90);
    const words = this.#words;
    const pairs = this.#pairs;
    this.#askCues.note(words, count);
    for (let at = 0; at < count; at += 1) {
      const word = words[at] ?? 0;
      const own = pairs[at] ?? 0;
      const next = at + 1 < count ? (pairs[at + 1] ?? 0) : 0x0e0d;
      const after = at + 2 < count ? (pairs[at + 2] ?? 0) : 0x0e0d;
      this.#add(word);
      if (own !== word) this.#add(own);
      this.#add(joined(own, next, 0x9e37));
      if (at + 2 < count) this.#add(joined(own, after, 0x79b9));
      this.#add(joined(joined(own, next, 0x3c6e), after, 0x1f35));
    }
    const first = pairs[0] ?? 0;
    const second = count > 1 ? (pairs[1] ?? 0) : 0x0e0d;
    this.#add(joined(first, 0x0b0b, 0x5bd1));
    this.#add(joined(joined(first, second, 0x0b0b), 0, 0x5bd1));
    this.#add(joined(joined(joined(first, second, 0x0b0b), count > 2 ? (pairs[2] ?? 0) : 1, 7), 0, 0x5bd1));
    if (!title) this.#add(joined(count, 0x0c0c, 0x1b87));
    this.ends[0] = this.#count;
    // Longer than any title, it is no sum of what is asked.
    if (!title || text.length <= longestTitle) this.#letters(text);
    this.ends[1] = this.#count;
    this.#classes(text, 0);
    this.ends[2] = this.#count;
  }

  /** What the words mean, whatever language they are in: each meaning, and each with the one that follows it. */
  #classes(text: string, seed: number): void {
    const table = classTable();
    const found = this.#words;
    let count = 0;
    let hash = 0;
    let mask = 0;
    let letters = 0;
    let length = 0;
    const close = () => {
      mask |= table.exact.get(hash) ?? 0;
      if (mask === 0 && length > 4) mask = table.swapped.get(letters) ?? 0;
      if (mask !== 0 && count < 60) {
        found[count] = mask;
        count += 1;
      }
      hash = mask = letters = 0;
    };
    for (let at = 0; at <= text.length; at += 1) {
      let unit = at < text.length ? text.charCodeAt(at) : 0x20;
      if (isHan(unit)) {
        if (length > 0) close();
        length = 0;
        const known = this.#hanClass(text, at);
        if (known !== 0 && count < 60) {
          found[count] = known & classBits;
          count += 1;
          at += (known >>> 27) - 1;
        }
        continue;
      }
      if (!isLetter(unit)) {
        // What stands before an apostrophe is an article in French and Italian.
        if (length > 0 && !(unit === 0x27 && length < 3)) close();
        length = hash = mask = letters = 0;
        continue;
      }
      if (unit >= 0x41 && unit <= 0x5a) unit |= 0x20;
      else if (unit >= 0x410 && unit <= 0x42f) unit += 0x20;
      hash = Math.imul(hash ^ unit, 0x01000193) + 0x7f4a7c15;
      letters = (letters + letterSum(unit)) | 0;
      length += 1;
      if (length > 2 && mayBegin(table, hash)) mask |= table.prefixes.get(hash) ?? 0;
    }
    let before = 0x0b0b;
    for (let at = 0; at < count; at += 1) {
      const own = found[at] ?? 0;
      for (let bits = own; bits !== 0; bits &= bits - 1)
        this.#add(Math.imul((bits & -bits) ^ 0x5851 ^ seed, 0x5851f42d));
      this.#add(joined(own, before, 0x4c95 ^ seed));
      before = own;
    }
    this.#add(joined(before, 0x0e0d, 0x4c95));
  }

  /** Classes of the longest known word that begins at a Han or kana sign, its length in the upper five bits; 0 for none. */
  #hanClass(text: string, from: number): number {
    const { exact } = classTable();
    let hash = 0;
    let best = 0;
    for (let length = 1; length <= 6 && from + length <= text.length; length += 1) {
      const unit = text.charCodeAt(from + length - 1);
      if (!isHan(unit)) break;
      hash = Math.imul(hash ^ unit, 0x01000193) + 0x7f4a7c15;
      const mask = exact.get(hash);
      if (mask !== undefined) best = mask | (length << 27);
    }
    return best;
  }

  #body(text: string): void {
    const count = this.#scanner.read(text, 280);
    this.#bodyCues.note(this.#words, count);
    for (let at = 0; at < count; at += 1) {
      const own = this.#pairs[at] ?? 0;
      const next = at + 1 < count ? (this.#pairs[at + 1] ?? 0) : 0x0e0d;
      const after = at + 2 < count ? (this.#pairs[at + 2] ?? 0) : 0x0e0d;
      this.#add(own ^ 0x632be5ab);
      this.#add(joined(own, next, 0x4cf5));
      this.#add(joined(joined(own, next, 0x4cf5), after, 0x6e1d));
    }
  }

  #asked(text: string): void {
    const count = this.#scanner.read(text, 90);
    this.#askedCues.note(this.#words, count);
    for (let at = 0; at < count; at += 1) {
      const own = (this.#pairs[at] ?? 0) ^ 0x51ed270b;
      const next = at + 1 < count ? (this.#pairs[at + 1] ?? 0) : 0x0e0d;
      const after = at + 2 < count ? (this.#pairs[at + 2] ?? 0) : 0x0e0d;
      this.#add(own);
      this.#add(joined(own, next, 0x2f0b));
      this.#add(joined(own, after, 0x5f35));
      this.#add(joined(joined(own, next, 0x2f0b), after, 0x6e1d));
    }
  }

  #plain(text: string, seed: number, limit: number): void {
    const count = this.#scanner.read(text, limit);
    for (let at = 0; at < count; at += 1) {
      const own = this.#pairs[at] ?? 0;
      this.#add(own ^ seed);
      if (at + 1 < count) this.#add(joined(own, this.#pairs[at + 1] ?? 0, seed));
    }
  }

  /** Pieces of three to five letters within the words, so that a slip of the finger or an ending does no harm. */
  #letters(text: string): void {
    const limit = Math.min(text.length, 240);
    let one = 0x20;
    let two = 0x20;
    let three = 0x20;
    let four = 0x20;
    for (let at = 0; at <= limit; at += 1) {
      let unit = at < limit ? text.charCodeAt(at) : 0x20;
      if (unit === 0x27 || unit === 0x2019) continue;
      if (unit >= 0x41 && unit <= 0x5a) unit |= 0x20;
      else if (!isLetter(unit)) unit = 0x20;
      if (unit === 0x20 && four === 0x20) continue;
      one = two;
      two = three;
      three = four;
      four = unit;
      const last = Math.imul(three, 0x01000193) ^ Math.imul(unit, 0x85ebca6b);
      if (two !== 0x20 && three !== 0x20) {
        this.#add(Math.imul(last ^ Math.imul(two, 0xc2b2ae35), 0x27d4eb2f) ^ 0x33);
        if (one !== 0x20)
          this.#add(
            Math.imul(last ^ Math.imul(two, 0xc2b2ae35) ^ Math.imul(one, 0x165667b1), 0x27d4eb2f) ^ 0x44,
          );
      } else if (two === 0x20 && three !== 0x20) this.#add(Math.imul(last, 0x27d4eb2f) ^ 0x22);
      else if (three === 0x20) this.#add(Math.imul(unit, 0x27d4eb2f) ^ 0x11);
    }
  }

  /** What kind of question it is, whatever it is about: in what is asked, in what is told, and in both together. */
  #cues(zones: PromptZones, post: boolean): void {
    this.#zoneCues(this.#askCues, 0x1357);
    if (!post) return;
    const told = this.#zoneCues(this.#bodyCues, 0x3579);
    const asked = this.#zoneCues(this.#askedCues, 0x5791);
    const { form } = this.#askCues;
    for (let bits = told; bits !== 0; bits &= bits - 1) this.#add(joined(bits & -bits, form, 0x7913));
    for (let bits = asked; bits !== 0; bits &= bits - 1) this.#add(joined(bits & -bits, form, 0x9135));
    const shown = zones.pasted === '' ? 1 : failureShape(zones.pasted) ? 3 : 2;
    this.#add(joined(shown, form, 0x9137));
  }

  /** Each kind of cue, and each with the one before it. Returns the kinds that were seen, as bits. */
  #zoneCues({ kinds, count }: CueRow, seed: number): number {
    let seen = 0;
    let before = 0x0b0b;
    for (let at = 0; at < count; at += 1) {
      const own = kinds[at] ?? 0;
      seen |= own;
      this.#add(joined(own, before, seed));
      before = own;
    }
    for (let bits = seen; bits !== 0; bits &= bits - 1)
      this.#add(Math.imul((bits & -bits) ^ seed, 0x5851f42d));
    return seen;
  }

  #shape(zones: PromptZones, attached: boolean): void {
    const { ask, body, pasted } = zones;
    const flag = (number: number) => this.#add(Math.imul(number + 0x51, 0x9e3779b1));
    flag(0);
    flag(1 + Math.min(9, Math.floor(Math.log2(1 + ask.length))));
    flag(11 + Math.min(11, Math.floor(Math.log2(1 + body.length))));
    flag(23 + Math.min(4, Math.ceil(zones.pastedShare * 4)));
    const marks = ask.includes('?') || ask.includes('？');
    if (marks) flag(29);
    const told = body.split('?').length - 1;
    flag(30 + Math.min(3, told));
    if (ask === '') flag(34);
    if (attached) flag(35);
    const failing = failureShape(pasted);
    if (failing) flag(36);
    if (failureShape(ask)) flag(37);
    if (failureShape(body)) flag(38);
    if (body === '' && pasted !== '') flag(39);
    if (body !== '' && pasted !== '') flag(40);
    if (failing && body === '' && ask.length < 40) flag(41);
    if (ask.endsWith(':')) flag(42);
  }
}

function joined(one: number, two: number, seed: number): number {
  return Math.imul(one ^ Math.imul(two, 0x85ebca6b) ^ seed, 0xc2b2ae35) + two;
}

const failures = [
  'Traceback (most recent',
  'Exception',
  'Error:',
  'error:',
  'rror TS',
  'rror CS',
  'rror[E',
  'panic',
  'npm ERR!',
  'egmentation fault',
  'FAIL',
  'undefined reference',
  'ssertionError',
] as const;

/** Whether a text holds the marks of a compiler error, a stack trace or a failing run. */
export function failureShape(text: string): boolean {
  return text.length > 0 && failures.some((mark) => text.includes(mark));
}
