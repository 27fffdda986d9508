/**
 * What a text from outside may not carry: control characters, direction overrides, invisible characters and Unicode
 * tags, which steer a terminal, or hide and reorder what is read. Tab and newline stay; so do the joiners that emoji
 * and several scripts are written with.
 */
export const invisible =
  /(?![\t\n])[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** Line ends as `\n`, nothing invisible, no half of a surrogate pair. */
export function visible(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(invisible, '');
}

/** The same while a text streams: the last unit of a chunk waits where what follows decides about it. */
export class VisibleText {
  #held = '';

  push(chunk: string): string {
    const text = this.#held + chunk;
    const waits = /[\r\uD800-\uDBFF]$/.test(text) ? 1 : 0;
    this.#held = text.slice(text.length - waits);
    return visible(text.slice(0, text.length - waits));
  }

  end(): string {
    const rest = visible(this.#held);
    this.#held = '';
    return rest;
  }
}
