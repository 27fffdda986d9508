/** Characters that are compared at once. */
const piece = 256;
/** Of a longer prompt only the beginning is compared. */
const mostPieces = 1_024;

/**
 * How much of a prompt its model still has from the one before: it reads on where the two part. Keeps numbers, no text.
 */
export class PromptCache {
  readonly #last = new Map<string, Int32Array>();

  /**
   * Notes a prompt that is about to be sent.
   * @returns 0..1, the share of it that the model has to read
   */
  readShare(model: string, prompt: string): number {
    const before = this.#last.get(model);
    const now = chained(prompt);
    this.#last.set(model, now);
    if (!before || prompt === '') return 1;
    let same = 0;
    while (same < now.length && now[same] === before[same]) same += 1;
    return 1 - Math.min(1, (same * piece) / prompt.length);
  }
}

/** One number for each piece and all before it (FNV-1a over UTF-16 units). */
function chained(text: string): Int32Array {
  const pieces = Math.min(mostPieces, Math.ceil(text.length / piece));
  const numbers = new Int32Array(pieces);
  let hash = 0x811c9dc5;
  for (let at = 0; at < pieces; at += 1) {
    const end = Math.min(text.length, (at + 1) * piece);
    for (let unit = at * piece; unit < end; unit += 1)
      hash = Math.imul(hash ^ text.charCodeAt(unit), 0x01000193);
    numbers[at] = hash;
  }
  return numbers;
}
