/**
 * The one name that a pattern asks for anywhere in a path: `.env*` of `**\/.env*`, `secrets` of `**\/secrets/**`, and a
 * bare `private`. Undefined for patterns that ask for more.
 */
export function nameAsked(pattern: string): string | undefined {
  const name = /^(?:\*\*\/)?([^/]+?)(?:\/\*\*)?$/.exec(pattern)?.[1];
  // What else a pattern may hold (groups, classes, drives) is left to the matcher of whole paths.
  return name !== undefined && /^(?!\.{1,2}$)(?!.*\*\*)[\w.*?@~ -]+$/u.test(name) ? name : undefined;
}

/** Most paths share the names of their folders. */
const mostNames = 20_000;

/** Tells of a path's names which of many patterns is the first to hold for one of them. */
export class NamePatterns {
  readonly #tests: { readonly place: number; readonly test: (name: string) => boolean }[] = [];
  readonly #known = new Map<string, number>();

  /** @param place of the pattern among all */
  add(place: number, test: (name: string) => boolean): void {
    this.#tests.push({ place, test });
  }

  /** The place of the first pattern; infinity where none holds. */
  firstIn(path: string): number {
    let first = Number.POSITIVE_INFINITY;
    for (const name of path.split('/')) if (name !== '') first = Math.min(first, this.#first(name));
    return first;
  }

  #first(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const first = this.#tests.find(({ test }) => test(name))?.place ?? Number.POSITIVE_INFINITY;
    if (this.#known.size >= mostNames) this.#known.clear();
    this.#known.set(name, first);
    return first;
  }
}
