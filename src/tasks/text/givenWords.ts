/** Texts in which a name is looked for: what a model was given, and what is known beside it. */
export class GivenWords {
  readonly #texts: readonly string[];
  #lower: string | undefined;
  #plain: string | undefined;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** As a whole name, as it is written. */
  has(name: string): boolean {
    return this.#texts.some((text) => holds(text, name));
  }

  /** In other letters, another way to join its words, in the plural, or as the beginning of a longer one. */
  hasNearly(name: string): boolean {
    this.#lower ??= this.#texts.join('\n').toLowerCase();
    this.#plain ??= this.#lower.replace(/[_$-]/g, '');
    const plain = name.toLowerCase().replace(/[_$!?-]/g, '');
    const singular = plain.length > 3 ? plain.replace(/s$/, '') : plain;
    return (
      holds(this.#lower, name.toLowerCase()) || holds(this.#plain, plain) || holds(this.#plain, singular)
    );
  }
}

const partOfName = /[\p{L}\p{N}_$]/u;

function holds(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + name.length] ?? ' ';
    if (!partOfName.test(before) && !partOfName.test(after)) return true;
  }
  return false;
}
