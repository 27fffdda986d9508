/** Collects the texts of the manifest, which VS Code takes from `package.nls.json` by their keys. */
export class Messages {
  readonly #texts = new Map<string, string>();

  /** Keeps a text under its key and returns what stands for it in package.json. Throws when the key is taken. */
  add(key: string, text: string): string {
    if (this.#texts.has(key)) throw new Error(`Two texts of the manifest have the key ${key}.`);
    this.#texts.set(key, text);
    return `%${key}%`;
  }

  all(): Record<string, string> {
    return Object.fromEntries(this.#texts);
  }
}
