/**
 * A code with its parameters, which `src/phrases/` puts into a sentence.
 * `Codes` maps each code to the parameters that its sentence needs.
 */
export type Explained<Codes> = {
  readonly [Code in keyof Codes]: { readonly code: Code; readonly params: Readonly<Codes[Code]> };
}[keyof Codes];

/** For sentences that need nothing but their code. */
export type None = Record<string, never>;
