import type { TestedPlace } from '../../vocabulary/outline.ts';
import type { Clock, ProjectFiles } from '../../vocabulary/ports.ts';

/** Endings of the files of each family of languages, and what their tests are called. */
const families: readonly { readonly languages: RegExp; readonly globs: readonly string[] }[] = [
  {
    languages: /^(?:type|java)script(?:react)?$/,
    globs: [
      '**/*.{test,spec}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
      '**/{test,tests,__tests__,spec}/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
    ],
  },
  { languages: /^python$/, globs: ['**/{test_*,*_test}.py', '**/{test,tests}/**/*.py'] },
  { languages: /^go$/, globs: ['**/*_test.go'] },
  { languages: /^java$/, globs: ['**/{*Test,*Tests,Test*,*IT}.java'] },
  { languages: /^csharp$/, globs: ['**/{*Test,*Tests}.cs'] },
  { languages: /^ruby$/, globs: ['**/{*_spec,*_test,test_*}.rb'] },
  { languages: /^php$/, globs: ['**/*Test.php'] },
  {
    languages: /^(?:c|cpp)$/,
    globs: ['**/{*_test,*_tests,*_unittest,test_*}.{c,cc,cpp,cxx}', '**/{test,tests}/**/*.{c,cc,cpp,cxx}'],
  },
];
const isTestFile =
  /(?:^|[/\\])(?:tests?|__tests__|spec)[/\\]|(?:\.(?:test|spec)\.\w+|_(?:test|tests|spec|unittest)\.\w+|(?:Test|Tests|IT)\.(?:java|cs|php)|[/\\]test_[^/\\]+)$/;

const mostFiles = 400;
const fileBytes = 256 * 1024;
const mostCharacters = 6 * 1024 * 1024;
/** What was read counts so long, in ms: tests are written meanwhile. */
const fresh = 30_000;

interface Known {
  readonly names: ReadonlySet<string>;
  /** False where a project has more tests than are read. */
  readonly whole: boolean;
}

/** Which names a project's test files hold: read once, in the background, and again after a while. */
export class TestNames {
  readonly #files: ProjectFiles;
  readonly #clock: Clock;
  readonly #ending: AbortSignal;
  readonly #read = new Map<string, { readonly at: number; readonly known: Promise<Known | undefined> }>();

  constructor(files: ProjectFiles, clock: Clock, ending: AbortSignal) {
    this.#files = files;
    this.#clock = clock;
    this.#ending = ending;
  }

  /** Whether some test names a function; undefined where nobody can say. A test's own function needs none. */
  async has({ name, path, languageId, folder }: TestedPlace): Promise<boolean | undefined> {
    const below = path.startsWith(folder) ? path.slice(folder.length) : path;
    if (isTestFile.test(below)) return true;
    const family = families.find(({ languages }) => languages.test(languageId));
    if (!family) return undefined;
    const key = `${family.globs[0]}\n${folder}`;
    const at = this.#clock.monotonic();
    let read = this.#read.get(key);
    if (!read || at - read.at > fresh) {
      read = { at, known: this.#all(folder, family.globs).catch(() => undefined) };
      this.#read.set(key, read);
    }
    const known = await read.known;
    if (!known) return undefined;
    return known.names.has(name) || (known.whole ? false : undefined);
  }

  async #all(folder: string, globs: readonly string[]): Promise<Known> {
    const found = await Promise.all(
      globs.map((glob) => this.#files.find(folder, glob, mostFiles + 1, this.#ending)),
    );
    const paths = [...new Set(found.flat())];
    const names = new Set<string>();
    let whole = paths.length <= mostFiles;
    let characters = 0;
    for (const path of paths.slice(0, mostFiles)) {
      const text = await this.#files.read(path, this.#ending, fileBytes);
      characters += text?.length ?? 0;
      if (text === undefined || characters > mostCharacters) whole = false;
      if (characters > mostCharacters) break;
      for (const [name] of text?.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []) names.add(name);
    }
    return { names, whole };
  }
}
