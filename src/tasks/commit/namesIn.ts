/** Words in two cases that are no names of code. */
const brands = new Set(
  (
    'JavaScript TypeScript CoffeeScript GitHub GitLab BitBucket DevOps DevTools WebSocket WebSockets WebAssembly ' +
    'PowerShell WordPress YouTube LinkedIn JetBrains StackOverflow PayPal IntelliJ DockerHub PyTest NumPy SciPy ' +
    'PyPi OpenSsl LaTeX iPhone iPad iCloud eBay McDonald ReadMe ChangeLog Node.js Vue.js Next.js Nuxt.js Three.js ' +
    'Express.js Ember.js Backbone.js D3.js'
  ).split(' '),
);
const extensions =
  'ts|tsx|mts|cts|js|jsx|mjs|cjs|json|jsonc|md|mdx|py|pyi|go|rs|java|kt|kts|cs|rb|php|c|h|cc|cpp|cxx|hpp|swift|scala|' +
  'sh|bash|ps1|yml|yaml|toml|xml|html|htm|css|scss|less|sql|vue|svelte|gradle|lock|cfg|ini|proto|tf|txt|ipynb|dart|lua|r|ex|exs';

const inCode = /(`+)([^`\n]{1,200}?)\1/g;
const bare: readonly RegExp[] = [
  // A path, and a file's name.
  new RegExp(`(?<![\\w:/.@-])(?:[\\w.@-]+/)*[\\w.@-]+\\.(?:${extensions})(?![\\w/-])`, 'g'),
  /(?<![\w:/.@-])(?:[\w.@-]+\/){2,}[\w.@-]*/g,
  // A call, then the ways in which names of code are put together.
  /(?<![\w.])[A-Za-z_$][\w$]*(?=\(\))/g,
  /(?<![\w/.-])[a-z][a-z0-9]*(?:[A-Z][a-z0-9]+)+\b/g,
  /(?<![\w/.-])(?:[A-Z][a-z0-9]+){2,}\b/g,
  /(?<![\w/.-])(?=\w*[A-Za-z])\w*[A-Za-z0-9]_[A-Za-z0-9]\w*/g,
  /(?<![\w-])--[a-z][\w-]+/g,
  // A ticket or a pull request.
  /(?<![\w&/])#\d+\b/g,
];
const mostNames = 60;

/** What a message names in code: in backticks, and what looks like a path, a file, a symbol, an option, a number of an issue. */
export function namesIn(message: string): readonly string[] {
  const names = new Set<string>();
  const prose = message.replace(inCode, (_, _marks: string, name: string) => {
    names.add(name.trim());
    return ' ';
  });
  const words = prose.replace(/\b\w+:\/\/\S+|\S+@\S+\.\S+/g, ' ');
  for (const pattern of bare)
    for (const [found] of words.matchAll(pattern)) {
      const name = found.replace(/[.:]+$/, '');
      if (name !== '' && !brands.has(name)) names.add(name);
    }
  return [...names].filter((name) => name !== '').slice(0, mostNames);
}

/** A text in which names are looked up, whatever their case. */
export class NamedText {
  readonly #text: string;

  constructor(...texts: readonly string[]) {
    this.#text = texts.join('\n').toLowerCase();
  }

  /** Whether a name stands in it as it is, or each of the words that it is made of does. */
  has(name: string): boolean {
    const whole = name.trim().toLowerCase();
    if (this.#hasWord(whole)) return true;
    const parts = whole.match(/[\p{L}\p{N}_$]{2,}/gu) ?? [];
    const made = /[^\p{L}\p{N}_$]/u.test(whole) && !/^[#-]|[/\\]|^[\w.@-]+\.\w+$/.test(whole);
    return made && parts.length > 0 && parts.every((part) => this.#hasWord(part));
  }

  /** Whether a word, or another form of it, stands in it. */
  hasForm(word: string): boolean {
    const lower = word.toLowerCase();
    const stem = lower.replace(/(?:ing|ed|es|s|er|ion)$/, '');
    return this.#text.includes(stem.length >= 4 ? stem : lower);
  }

  #hasWord(word: string): boolean {
    if (word === '') return false;
    const edge = /[\p{L}\p{N}_$]/u;
    for (let at = this.#text.indexOf(word); at !== -1; at = this.#text.indexOf(word, at + 1)) {
      const before = this.#text[at - 1] ?? ' ';
      const after = this.#text[at + word.length] ?? ' ';
      const opens = edge.test(word[0] ?? '') && edge.test(before);
      const closes = edge.test(word.at(-1) ?? '') && edge.test(after);
      if (!opens && !closes) return true;
    }
    return false;
  }
}

const common = new Set(
  (
    'add adds added update updates updated change changes changed remove removes removed make makes improve improved ' +
    'refactor code file files line lines support feature with from into when that this those these instead commit ' +
    'message project some more also only have does using used uses their other than then about after before should ' +
    'would could handle better minor various several general issue issues problem fixes fixed initial'
  ).split(' '),
);

/** Words of a first line that say what it is about. */
export function contentWords(subject: string): readonly string[] {
  const words = subject.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return [...new Set(words)].filter((word) => !common.has(word));
}
