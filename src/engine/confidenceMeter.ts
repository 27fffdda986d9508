import type { TokenLogprob } from '../providers/provider.ts';
import type { Confidence, WeakestName } from '../vocabulary/confidence.ts';

/** How many tokens an opening has. */
export const openingTokens = 40;

/** No name is longer: what runs on is none. */
const longestName = 120;

const keywords = new Set(
  (
    'abstract and as assert async await bool boolean break case catch char class const continue def default del do ' +
    'double elif else end enum except export extends false final finally float fn for from func function go if impl ' +
    'implements import in instanceof int interface is lambda let long match mod module mut namespace new nil none not ' +
    'null number of or package pass private protected pub public raise require return self short static string struct ' +
    'super switch template then this throw throws trait true try type typeof undefined unless use using val var void ' +
    'while with yield'
  ).split(' '),
);

/** Reads an answer token by token and keeps figures of it; of its text, the weakest name alone. */
export class ConfidenceMeter {
  #tokens = 0;
  #sum = 0;
  #min = 0;
  #opening: number | undefined;
  #weakest: WeakestName | undefined;
  #name = '';
  #nameLogprob = 0;
  #nameToken = 0;
  #nameInCode = false;
  #ticks = 0;
  #inFence = false;
  #inCode = false;
  /** Of the line so far: nothing but space, a comment, or code. */
  #line: 'blank' | 'comment' | 'code' = 'blank';

  add({ text, logprob }: TokenLogprob): void {
    if (!Number.isFinite(logprob)) return;
    const likely = Math.min(0, logprob);
    this.#sum += likely;
    this.#min = Math.min(this.#min, likely);
    let counted = false;
    for (const character of text) {
      if (!/[\p{L}\p{N}_$]/u.test(character)) {
        this.#endName(character);
        this.#pass(character);
        counted = false;
        continue;
      }
      this.#endTicks();
      if (this.#name === '') {
        this.#nameToken = this.#tokens;
        this.#nameLogprob = 0;
        this.#nameInCode = this.#inCode || (this.#inFence && this.#line !== 'comment');
      }
      if (!counted) this.#nameLogprob += likely;
      counted = true;
      if (this.#line === 'blank') this.#line = 'code';
      if (this.#name.length <= longestName) this.#name += character;
    }
    this.#tokens += 1;
    if (this.#tokens === openingTokens) this.#opening = this.#sum / openingTokens;
  }

  /** Undefined where nothing was measured. */
  read(): Confidence | undefined {
    if (this.#tokens === 0) return undefined;
    this.#endName('');
    return {
      tokens: this.#tokens,
      mean: this.#sum / this.#tokens,
      min: this.#min,
      ...(this.#opening === undefined ? {} : { opening: this.#opening }),
      ...(this.#weakest ? { weakest: this.#weakest } : {}),
    };
  }

  /** Takes the name that has just ended, where it is one that is set in code. */
  #endName(next: string): void {
    const name = this.#name;
    this.#name = '';
    if (name === '' || name.length > longestName || /^[\p{N}_$]+$/u.test(name) || keywords.has(name)) return;
    const hasShape = /[\p{Ll}\p{N}]\p{Lu}|[^_]_[^_]/u.test(name) || next === '(';
    if (!this.#nameInCode && !hasShape) return;
    if (this.#weakest && this.#weakest.logprob <= this.#nameLogprob) return;
    this.#weakest = { logprob: this.#nameLogprob, token: this.#nameToken, name };
  }

  /** A character that is part of no name: fences, code spans and comments begin and end with such ones. */
  #pass(character: string): void {
    if (character === '`') {
      this.#ticks += 1;
      return;
    }
    this.#endTicks();
    if (character === '\n') {
      this.#inCode = false;
      this.#line = 'blank';
    } else if (this.#line === 'blank' && !/\s/.test(character))
      this.#line = /[/#*;-]/.test(character) ? 'comment' : 'code';
  }

  #endTicks(): void {
    if (this.#ticks >= 3) {
      this.#inFence = !this.#inFence;
      this.#inCode = false;
      // What follows an opening fence is the language's name.
      this.#line = 'comment';
    } else if (this.#ticks > 0 && !this.#inFence) this.#inCode = !this.#inCode;
    this.#ticks = 0;
  }
}
