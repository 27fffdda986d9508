import { VisibleText, visible } from './visibleText.ts';

type State = 'text' | 'escape' | 'control' | 'string' | 'stringEscape';

/** DCS, SOS, OSC, PM and APC of ECMA-48 in their one-byte form; CSI is U+009B. */
const stringBegins = new Set([0x90, 0x98, 0x9d, 0x9e, 0x9f]);

/** Takes escape sequences with their payload out, unit by unit, so that no way of cutting the text matters. */
class Sequences {
  #state: State = 'text';

  strip(text: string): string {
    let out = '';
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const shown = this.#state === 'text';
      this.#step(text.charCodeAt(at));
      if (shown && this.#state !== 'text') out += text.slice(start, at);
      // A unit that ended a sequence without belonging to it is text.
      if (!shown && this.#state === 'text') start = this.#belongs ? at + 1 : at;
    }
    return this.#state === 'text' ? out + text.slice(start) : out;
  }

  /** Whether the unit that led back to text was the sequence's last one. */
  #belongs = true;

  #step(unit: number): void {
    this.#belongs = true;
    if (this.#state === 'text') this.#begin(unit);
    else if (this.#state === 'escape') this.#escape(unit);
    else if (this.#state === 'control') {
      if (unit >= 0x40 && unit <= 0x7e) this.#state = 'text';
      else if (unit < 0x20 || unit > 0x3f) this.#leave(unit);
    } else if (this.#state === 'string') {
      if (unit === 0x07 || unit === 0x9c) this.#state = 'text';
      else if (unit === 0x1b) this.#state = 'stringEscape';
      // A string that was never ended must not swallow the whole answer.
      else if (unit === 0x0a || unit === 0x0d) this.#leave(unit);
    } else if (unit === 0x5c) this.#state = 'text';
    else this.#escape(unit);
  }

  #begin(unit: number): void {
    if (unit === 0x1b) this.#state = 'escape';
    else if (unit === 0x9b) this.#state = 'control';
    else if (stringBegins.has(unit)) this.#state = 'string';
    else this.#state = 'text';
  }

  #escape(unit: number): void {
    if (unit === 0x5b) this.#state = 'control';
    else if (unit === 0x5d || unit === 0x50 || unit === 0x58 || unit === 0x5e || unit === 0x5f)
      this.#state = 'string';
    else if (unit >= 0x20 && unit <= 0x2f) this.#state = 'escape';
    else if (unit >= 0x30 && unit <= 0x7e) this.#state = 'text';
    else this.#leave(unit);
  }

  #leave(unit: number): void {
    this.#begin(unit);
    this.#belongs = false;
  }
}

/** A model's text for a terminal while it streams: line ends and tabs stay, whatever could steer the terminal goes. */
export interface TerminalText {
  push(chunk: string): string;
  end(): string;
}

/** One per answer. */
export function terminalText(): TerminalText {
  const sequences = new Sequences();
  const text = new VisibleText();
  return {
    push: (chunk) => text.push(sequences.strip(chunk)),
    end: () => text.end(),
  };
}

/** The same for a text that is whole. */
export function plainForTerminal(text: string): string {
  return visible(new Sequences().strip(text));
}
