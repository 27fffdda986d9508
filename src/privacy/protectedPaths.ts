import { homedir } from 'node:os';
import picomatch from 'picomatch';
import { NamePatterns, nameAsked } from './namePatterns.ts';

/** Longer ones are no path that anybody opened: they count as protected. */
const longestPath = 4096;

/** Characters that HFS+ leaves out of account in names: `.e\u200Cnv` opens `.env` there. */
const ignorable = /[\u200C-\u200F\u202A-\u202E\u2060-\u2064\u206A-\u206F\uFEFF]/g;

/** Full case folding, as file systems without letter case do it: `ſ` (U+017F) is an `s` there, the Kelvin sign a `k`. */
function folded(text: string): string {
  return text.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * The forms in which one path is compared: Unicode NFC, letter case folded, forward slashes, line ends harmless, `.`
 * and `..` gone, URIs decoded.
 */
export function formsOf(path: string): readonly string[] {
  const forms = new Set<string>();
  const add = (text: string) => {
    // Nothing to fold, to compose or to leave out: most paths.
    if (/^[\x20-\x7e]*$/.test(text)) return addForms(text.replace(/\\/g, '/'));
    const slashed = text
      .normalize('NFC')
      .replace(/\\/g, '/')
      .replace(/[\p{Cc}\u2028\u2029]/gu, '_');
    const plain = folded(slashed.replace(ignorable, ''));
    addForms(slashed);
    addForms(plain);
  };
  const addForms = (slashed: string) => {
    for (const form of /(?:^|\/)\.{1,2}(?:\/|$)/.test(slashed)
      ? [slashed, withoutDots(slashed)]
      : [slashed]) {
      forms.add(form);
      // Windows opens `.env.`, `.env ` and `.env::$DATA` as `.env`.
      forms.add(form.replace(/::?\$?[A-Za-z]*$/, '').replace(/[. ]+(?=\/|$)/g, ''));
    }
  };
  add(path);
  const uri = /^[A-Za-z][A-Za-z0-9+.-]+:\/{0,2}/.exec(path);
  if (uri) {
    const rest = path.slice(uri[0].length).replace(/[?#].*$/s, '');
    add(`/${rest}`);
    try {
      add(`/${decodeURIComponent(rest)}`);
    } catch {
      // Not percent-encoded: the raw form was added.
    }
  }
  forms.delete('');
  return [...forms];
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 1 || kept[0] !== '') kept.pop();
  }
  return kept.join('/');
}

/** What people write for their home folder and for any workspace folder. */
function withPlaces(glob: string, home: string): string {
  const literal = home.replace(/\\/g, '/').replace(/[*?[\](){}!+@]/g, '\\$&');
  return glob
    .replace(/^(?:~|\$HOME|\$\{HOME\}|\$\{userHome\}|%USERPROFILE%)(?=\/|$)/i, () => literal)
    .replace(/^\$\{workspaceFolder\}(?=\/|$)/, '**');
}

/** More stars in one name take a regular expression without end. */
const mostStars = 5;
/** Repetition of what repeats itself does so too: a group within a group, or one that is repeated as a whole. */
const repeated = /\([^()]*[*+?(].*\)|\)[*+?]/s;

/** A pattern that is quickly matched, and holds for all that the given one holds for. */
function quick(glob: string): string {
  // All below the folder that the group stands in.
  const plain = repeated.test(glob) ? glob.replace(/[^/(]*\(.*$/s, '**') : glob;
  return plain
    .split('/')
    .map((name) => {
      const parts = name.split(/\*+/);
      return parts.length - 1 <= mostStars ? name : `${parts.slice(0, mostStars).join('*')}*`;
    })
    .join('/');
}

export interface PathPatterns {
  /** The first pattern that holds for the path, as the user wrote it. */
  match(path: string): string | undefined;
  /** Patterns that mean nothing (empty, no text, negated): reported, the others hold. */
  readonly bad: readonly string[];
}

/**
 * Globs made ready. `secrets/*.json` holds in every folder, `secrets` also for all that lies below it, letter case
 * never matters. Patterns come from settings, a workspace's too, so this runs in a worker under a time limit.
 */
export function pathPatterns(globs: readonly unknown[], home: string = homedir()): PathPatterns {
  const bad: string[] = [];
  const all: string[] = [];
  const names = new NamePatterns();
  const others: { place: number; test: (path: string) => boolean }[] = [];
  const options = { dot: true, nocase: true, nonegate: true, windows: false };
  for (const glob of globs) {
    const said = typeof glob === 'string' ? glob.replaceAll('\0', '').trim() : '';
    if (typeof glob !== 'string' || said === '' || said.startsWith('!')) {
      bad.push(String(glob).slice(0, 100));
      continue;
    }
    const slashed = quick(withPlaces(said.normalize('NFC').replace(/\\/g, '/'), home))
      .replace(/^\.\//, '')
      .replace(/\/+$/, '');
    const rooted = /^(?:\/|[A-Za-z]:|\*\*)/.test(slashed);
    const patterns = [slashed, ...(rooted ? [] : [`**/${slashed}`])];
    try {
      const name = nameAsked(slashed);
      const place = all.length;
      if (name !== undefined) names.add(place, picomatch(name, options));
      else {
        const tests = [...patterns, ...patterns.map((pattern) => `${pattern}/**`)].map((pattern) =>
          picomatch(pattern, options),
        );
        others.push({ place, test: (path) => tests.some((test) => test(path)) });
      }
      all.push(glob);
    } catch {
      bad.push(glob.slice(0, 100));
    }
  }
  return {
    bad,
    match(path) {
      if (path.length > longestPath) return all[0] ?? '**';
      const forms = formsOf(path);
      const named = Math.min(...forms.map((form) => names.firstIn(form)));
      const other = others.find(({ place, test }) => place < named && forms.some((form) => test(form)));
      return all[other?.place ?? named];
    },
  };
}
