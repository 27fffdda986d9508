/** Where the lines of a text begin; made once per text, since minified files hold thousands of units in one line. */
export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
    this.#starts = starts;
  }

  /** 1-based number of the line that an offset is in. */
  numberAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** Offset of the first character of a line, a byte order mark passed over. */
  startAt(offset: number): number {
    const start = this.#starts[this.numberAt(offset) - 1]!;
    return start === 0 && offset > 0 && this.#text.startsWith('\uFEFF') ? 1 : start;
  }

  /** Whether only white space stands before an offset in its line. */
  isFirstInLine(offset: number): boolean {
    const start = this.startAt(offset);
    let at = offset;
    while (at > start && /\s/.test(this.#text[at - 1]!)) at--;
    return at === start;
  }

  /** The white space that the line of an offset begins with. */
  indentAt(offset: number): string {
    const start = this.startAt(offset);
    let end = start;
    while (end < offset && /[^\S\r\n]/.test(this.#text[end]!)) end++;
    return this.#text.slice(start, end);
  }
}
