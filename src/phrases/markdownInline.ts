import { type LinkHere, linkAt } from './markdownLink.ts';

/** A code span is looked for this far; beyond it its backticks are text. */
const longestSpan = 2000;

const noLink: LinkHere = { found: 'none' };

const special = /[\\`~<$![]/g;
const punctuation = /[!-/:-@[-`{-~]/;

/**
 * A character as an entity. A backslash would do for most parsers, but those that find bare addresses take it for the
 * address's last character and leave what it escaped free.
 */
function inert(character: string): string {
  return character === '<' ? '&lt;' : `&#${character.charCodeAt(0)};`;
}

export interface Inline {
  readonly out: string;
  /** How much of the text was used; the rest waits for what follows. */
  readonly used: number;
}

/** VS Code's chat reads tags of its own in code too: they must not come from a model. */
export function withoutChatTags(code: string): string {
  return code.replace(/<(?=\/?vscode_)/gi, '< ');
}

function runLength(text: string, start: number): number {
  const character = text.charAt(start);
  let end = start;
  while (end < text.length && text.charAt(end) === character) end++;
  return end - start;
}

/** Where the code span that `length` backticks at `start` open ends; 0 where none does, -1 where it is not known yet. */
function spanEnd(text: string, start: number, length: number, whole: boolean): number {
  const limit = start + length + longestSpan;
  let at = start + length;
  while (at < text.length && at < limit) {
    if (text.charAt(at) !== '`') {
      at += 1;
      continue;
    }
    const run = runLength(text, at);
    if (!whole && at + run >= text.length) return at + run > limit ? 0 : -1;
    if (run === length) return at + run <= limit ? at + run : 0;
    at += run;
  }
  return whole || at >= limit ? 0 : -1;
}

/**
 * Whether a bare address is being read: parsers that find those take everything up to the next space for it, backticks
 * and brackets too, so until then none of those may have a meaning.
 */
export class AddressWatch {
  #open = false;
  #tail = '';

  get open(): boolean {
    return this.#open;
  }

  /** @param text what was read next, as the model wrote it */
  read(text: string): void {
    const space = /\s(?=\S*$)/.exec(text);
    if (space) this.reset();
    const word = this.#tail + (space ? text.slice(space.index + 1) : text);
    if (/:\/\/|www\./i.test(word)) this.#open = true;
    this.#tail = word.slice(-3);
  }

  reset(): void {
    this.#open = false;
    this.#tail = '';
  }
}

/**
 * One line of a model's text without what would load, run or point anywhere but to the web: no image, no HTML, no
 * link but http and https, no formula (its own syntax would hide the rest from this). Code spans that close on their
 * line stay as they are; other backticks are escaped, so that every parser sees the same spans.
 *
 * @param text the line from where it was left, without its line end
 * @param whole whether nothing more of this line will come
 * @param address what was read of this line before; it is moved on
 */
export function inlineMarkdown(text: string, whole: boolean, address: AddressWatch): Inline {
  let out = '';
  let at = 0;
  let read = 0;
  while (at < text.length) {
    special.lastIndex = at;
    const next = special.exec(text)?.index ?? text.length;
    out += text.slice(at, next);
    at = next;
    address.read(text.slice(read, at));
    read = at;
    if (at >= text.length) break;
    const character = text.charAt(at);
    const following = text.charAt(at + 1);
    if (character === '<' || character === '$') {
      out += inert(character);
      at += 1;
    } else if (character === '\\') {
      if (following === '' && !whole) break;
      const escaped = following !== '' && punctuation.test(following);
      if (escaped) out += /[`~<$![]/.test(following) ? inert(following) : character + following;
      else out += '\\\\';
      at += escaped ? 2 : 1;
    } else if (character === '!') {
      if (following === '' && !whole) break;
      out += following === '[' ? inert(character) : character;
      at += 1;
    } else if (character === '[') {
      const link = address.open ? noLink : linkAt(text, at, whole);
      if (link.found === 'more') break;
      out += link.found === 'link' ? link.markdown : inert(character);
      at += link.found === 'link' ? link.length : 1;
    } else {
      const length = runLength(text, at);
      if (!whole && at + length >= text.length) break;
      const end = character === '`' && !address.open ? spanEnd(text, at, length, whole) : 0;
      if (end === -1) break;
      const code = end > 0 ? text.slice(at, end) : '';
      // A table's cells end at every bar, even within code: what would come free must be harmless.
      if (end > 0 && !(code.includes('|') && /[<[!$\\]/.test(code))) {
        out += withoutChatTags(code);
        at = end;
      } else {
        const escaped = character === '`' || length >= 3;
        out += (escaped ? inert(character) : character).repeat(length);
        at += length;
      }
    }
  }
  address.read(text.slice(read, at));
  return { out, used: at };
}
