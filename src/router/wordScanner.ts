import { isTechName } from './techNames.ts';
import { classTable, letterSum } from './wordClassTable.ts';

/** The words of one zone of a prompt, hashed, in buffers that are used again. */
export class WordScanner {
  /** Hash of each word. */
  readonly words = new Int32Array(512);
  /** Hash of what stands for it in word pairs. */
  readonly pairs = new Int32Array(512);

  /** Splits a text into hashed words; Han and kana are words one by one. Returns how many. */
  read(text: string, limit: number): number {
    const { words, pairs } = this;
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
    this.words[count] = hash;
    // In word pairs a name of code stands for any other, and so does a number and a technology's name.
    this.pairs[count] = digits === length ? 0x00d161 : isTechName(read) ? 0x007ec4 : named ? 0x0c0de5 : hash;
    return count + 1;
  }
}

export function isHan(unit: number): boolean {
  return (unit >= 0x3040 && unit <= 0x30ff) || (unit >= 0x3400 && unit <= 0x9fff);
}

export function isLetter(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
  if (unit < 0xc0) return false;
  if (unit >= 0x2000 && unit <= 0x2bff) return false;
  return !(unit >= 0x3000 && unit <= 0x303f) && !(unit >= 0xff00 && unit <= 0xff20) && unit < 0xfff0;
}
