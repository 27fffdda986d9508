import type { PromptZones } from './promptZones.ts';
import { classTable, letterSum } from './wordClassTable.ts';

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
] as const;

const most = 6144;
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
  // Words of one zone: hash of the word, hash of what stands for it in word pairs.
  readonly #words = new Int32Array(512);
  readonly #pairs = new Int32Array(512);

  /** Reads the features of a prompt; `attached` tells whether anything goes along with it. */
  read(zones: PromptZones, attached: boolean): void {
    this.#count = 0;
    // A title is worded unlike a prompt of one line: its words are features of their own.
    const post = zones.body.length > 60;
    this.#ask(zones.ask, post);
    this.#body(zones.body);
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
    const count = this.#scan(text, 90);
    const words = this.#words;
    const pairs = this.#pairs;
    const seed = title ? 0x3779b97f : 0;
    for (let at = 0; at < count; at += 1) {
      const word = words[at] ?? 0;
      const own = (pairs[at] ?? 0) ^ seed;
      const next = at + 1 < count ? (pairs[at + 1] ?? 0) : 0x0e0d;
      const after = at + 2 < count ? (pairs[at + 2] ?? 0) : 0x0e0d;
      this.#add(word ^ seed);
      if (own !== (word ^ seed)) this.#add(own);
      this.#add(joined(own, next, 0x9e37));
      if (at + 2 < count) this.#add(joined(own, after, 0x79b9));
      this.#add(joined(joined(own, next, 0x3c6e), after, 0x1f35));
    }
    const first = (pairs[0] ?? 0) ^ seed;
    const second = count > 1 ? (pairs[1] ?? 0) : 0x0e0d;
    this.#add(joined(first, 0x0b0b, 0x5bd1));
    this.#add(joined(joined(first, second, 0x0b0b), 0, 0x5bd1));
    this.#add(joined(joined(joined(first, second, 0x0b0b), count > 2 ? (pairs[2] ?? 0) : 1, 7), 0, 0x5bd1));
    if (!title) this.#add(joined(count, 0x0c0c, 0x1b87));
    this.ends[0] = this.#count;
    if (!title) this.#letters(text);
    this.ends[1] = this.#count;
    this.#classes(text);
    this.ends[2] = this.#count;
  }

  /** What the words mean, whatever language they are in: each meaning, and each with the one that follows it. */
  #classes(text: string): void {
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
      if (length > 2) mask |= table.prefixes.get(hash) ?? 0;
    }
    let before = 0x0b0b;
    for (let at = 0; at < count; at += 1) {
      const own = found[at] ?? 0;
      for (let bits = own; bits !== 0; bits &= bits - 1)
        this.#add(Math.imul((bits & -bits) ^ 0x5851, 0x5851f42d));
      this.#add(joined(own, before, 0x4c95));
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
    const count = this.#scan(text, 280);
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
    const count = this.#scan(text, 90);
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
    const count = this.#scan(text, limit);
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

  /** Splits a text into hashed words; Han and kana are words one by one. Returns how many. */
  #scan(text: string, limit: number): number {
    const words = this.#words;
    const pairs = this.#pairs;
    let count = 0;
    let hash = 0;
    let length = 0;
    let capitals = 0;
    let joints = 0;
    let digits = 0;
    let letters = 0;
    for (let at = 0; at <= text.length && count < limit; at += 1) {
      let unit = at < text.length ? text.charCodeAt(at) : 0x20;
      if (unit === 0x27 || unit === 0x2019) continue;
      if (isHan(unit)) {
        if (length > 0) count = this.#close(count, hash, length, capitals, joints, digits, letters);
        length = 0;
        if (count < limit) {
          words[count] = Math.imul(unit, 0x9e3779b1);
          pairs[count] = words[count] ?? 0;
          count += 1;
        }
        hash = capitals = joints = digits = letters = 0;
        continue;
      }
      if (isLetter(unit) || unit === 0x5f) {
        if (unit >= 0x41 && unit <= 0x5a) {
          if (length > 0) capitals += 1;
          unit |= 0x20;
        } else if (unit === 0x5f) joints += 1;
        else if (unit >= 0x410 && unit <= 0x42f) unit += 0x20;
        letters = (letters + letterSum(unit)) | 0;
        hash = Math.imul(hash ^ unit, 0x01000193) + 0x7f4a7c15;
        length += 1;
        continue;
      }
      if (unit >= 0x30 && unit <= 0x39) {
        digits += 1;
        hash = Math.imul(hash ^ 0x30, 0x01000193) + 0x7f4a7c15;
        length += 1;
        continue;
      }
      const within = unit === 0x2e || unit === 0x2f;
      if (within && length > 0 && at + 1 < text.length && isLetter(text.charCodeAt(at + 1))) {
        joints += 1;
        hash = Math.imul(hash ^ unit, 0x01000193) + 0x7f4a7c15;
        length += 1;
        continue;
      }
      if (length > 0) count = this.#close(count, hash, length, capitals, joints, digits, letters);
      hash = length = capitals = joints = digits = letters = 0;
      if (
        count < limit &&
        (unit === 0x3f || unit === 0x3a || unit === 0x40 || unit === 0x23 || unit === 0x28)
      ) {
        words[count] = Math.imul(unit, 0x85ebca6b);
        pairs[count] = words[count] ?? 0;
        count += 1;
      }
    }
    return count;
  }

  #close(
    count: number,
    read: number,
    length: number,
    capitals: number,
    joints: number,
    digits: number,
    letters: number,
  ): number {
    let hash = read;
    if (length > 4 && digits === 0 && joints === 0) {
      // A word nobody knows that has the letters of a known one is that one, mistyped.
      const { exact, meant } = classTable();
      if (!exact.has(hash)) hash = meant.get(letters) ?? hash;
    }
    const named = joints > 0 || (capitals > 0 && capitals < length - 1);
    this.#words[count] = hash;
    // In word pairs a name of code stands for any other, and a number too.
    this.#pairs[count] = digits === length ? 0x00d161 : named ? 0x0c0de5 : hash;
    return count + 1;
  }
}

function joined(one: number, two: number, seed: number): number {
  return Math.imul(one ^ Math.imul(two, 0x85ebca6b) ^ seed, 0xc2b2ae35) + two;
}

function isHan(unit: number): boolean {
  return (unit >= 0x3040 && unit <= 0x30ff) || (unit >= 0x3400 && unit <= 0x9fff);
}

function isLetter(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
  if (unit < 0xc0) return false;
  if (unit >= 0x2000 && unit <= 0x2bff) return false;
  return !(unit >= 0x3000 && unit <= 0x303f) && !(unit >= 0xff00 && unit <= 0xff20) && unit < 0xfff0;
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
