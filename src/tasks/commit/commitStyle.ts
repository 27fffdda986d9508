/** How a project writes the first lines of its commits, as far as four in five of the last ones agree. */
export interface CommitStyle {
  /** `type(scope): …`: the types that were used, most used first. */
  readonly conventional?: {
    readonly types: readonly string[];
    readonly scopes: readonly string[];
    readonly scoped: 'always' | 'never' | 'sometimes';
  };
  readonly letter?: 'upper' | 'lower';
  /** Whether they end with a full stop. */
  readonly stop?: boolean;
  /** The key of the branch's own ticket, in the form in which the project puts it first: `[ABC-12] `. */
  readonly ticket?: string;
  /** Characters that a first line may have. */
  readonly limit: number;
}

/** The parts of a first line: `ABC-12 feat(cli)!: text`. */
export interface SubjectParts {
  readonly ticket: string;
  readonly type?: string;
  readonly scope?: string;
  readonly breaking: boolean;
  readonly text: string;
}

/** Fewer show no style. */
const fewest = 5;
const mostCounted = 30;
const usualLimit = 72;
/** The types of Conventional Commits and of Angular's convention before it. */
const knownTypes = 'feat fix docs style refactor perf test build ci chore revert'.split(' ');
const madeByTools = /^(Merge\b|Revert "|fixup!|squash!|amend!|Initial commit\b|v?\d+\.\d+\.\d+\S*$)/;

const ticketFirst = /^(?:\[[A-Z][A-Z0-9]+-\d+\]:?|[A-Z][A-Z0-9]+-\d+:?)\s+/;
const ticketKey = /[A-Z][A-Z0-9]+-\d+/;
const prefix = /^([A-Za-z]+)(?:\(([^()\n]{1,60})\))?(!)?: +(?=\S)/;

export function partsOf(subject: string): SubjectParts {
  const ticket = ticketFirst.exec(subject)?.[0] ?? '';
  const rest = subject.slice(ticket.length);
  const found = prefix.exec(rest);
  const [whole = '', type, scope, mark] = found ?? [];
  return {
    ticket,
    ...(type === undefined ? {} : { type }),
    ...(scope === undefined ? {} : { scope }),
    breaking: mark !== undefined,
    text: rest.slice(whole.length),
  };
}

export function subjectOf({ ticket, type, scope, breaking, text }: SubjectParts): string {
  const head =
    type === undefined ? '' : `${type}${scope === undefined ? '' : `(${scope})`}${breaking ? '!' : ''}: `;
  return `${ticket}${head}${text}`;
}

/**
 * @param subjects first lines of the last commits, newest first
 * @param branch the branch's name, which may hold a ticket's key
 */
export function styleOf(subjects: readonly string[], branch?: string): CommitStyle {
  const own = subjects.filter((one) => one.trim() !== '' && !madeByTools.test(one)).slice(0, mostCounted);
  const parts = own.map(partsOf);
  const often = (count: number) => own.length >= fewest && count >= own.length * 0.8;
  const typed = parts.filter(isTyped);
  const upper = parts.filter(({ text }) => letterOf(text) === 'upper').length;
  const lower = parts.filter(({ text }) => letterOf(text) === 'lower').length;
  const stops = own.filter((one) => /[^.]\.$/.test(one)).length;
  const ticketed = parts.filter(({ ticket }) => ticket !== '');
  return {
    ...(often(typed.length) && { conventional: conventionOf(typed) }),
    ...(often(upper) ? { letter: 'upper' } : often(lower) ? { letter: 'lower' } : {}),
    ...(often(stops) ? { stop: true } : often(own.length - stops) ? { stop: false } : {}),
    ...(often(ticketed.length) && ticketOf(ticketed[0]?.ticket ?? '', branch)),
    limit: limitOf(own),
  };
}

/** A word that is no type of anybody's, as in `Note: …`, is none here either, unless the project has it often. */
function isTyped({ type }: SubjectParts): boolean {
  return type !== undefined && type === type.toLowerCase();
}

function conventionOf(parts: readonly SubjectParts[]): NonNullable<CommitStyle['conventional']> {
  const scoped = parts.filter(({ scope }) => scope !== undefined).length;
  return {
    types: mostFirst(parts.flatMap(({ type }) => type ?? [])),
    scopes: mostFirst(parts.flatMap(({ scope }) => scope ?? [])),
    scoped: scoped >= parts.length * 0.8 ? 'always' : scoped <= parts.length * 0.05 ? 'never' : 'sometimes',
  };
}

function mostFirst(names: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].toSorted((a, b) => b[1] - a[1]).map(([name]) => name);
}

function letterOf(text: string): 'upper' | 'lower' | undefined {
  const first = /^\p{L}/u.exec(text)?.[0];
  if (first === undefined || first.toLowerCase() === first.toUpperCase()) return undefined;
  return first === first.toUpperCase() ? 'upper' : 'lower';
}

/** The branch's key in the form of a subject's. */
function ticketOf(form: string, branch = ''): { ticket?: string } {
  const project = ticketKey.exec(form)?.[0].replace(/\d+$/, '') ?? '';
  const key = new RegExp(`(?<![A-Za-z0-9])${project}\\d+`, 'i').exec(branch)?.[0].toUpperCase();
  return key && project !== '' ? { ticket: form.replace(ticketKey, key) } : {};
}

/** As long as nine in ten of the project's own, and 72 where these are shorter. */
function limitOf(subjects: readonly string[]): number {
  const lengths = subjects.map(({ length }) => length).toSorted((a, b) => a - b);
  const usual = subjects.length >= fewest ? (lengths[Math.floor(lengths.length * 0.9)] ?? 0) : 0;
  return Math.max(usualLimit, usual);
}

/** The style in the words of a prompt; empty where the project shows none. */
export function styleWords(style: CommitStyle): readonly string[] {
  const { conventional, letter, stop } = style;
  const after = conventional ? ' after the colon' : '';
  return [
    ...(conventional
      ? [
          `Begin the first line with ${formOf(conventional)}, where the type is one of: ${typesOf(conventional).join(', ')}.`,
        ]
      : []),
    ...(letter
      ? [`Write the first word${after} with a ${letter === 'upper' ? 'capital' : 'small'} letter.`]
      : []),
    ...(stop === undefined ? [] : [`End the first line with${stop ? '' : 'out'} a full stop.`]),
  ];
}

function formOf({ scoped }: NonNullable<CommitStyle['conventional']>): string {
  if (scoped === 'always') return '`type(scope): `';
  return scoped === 'never' ? '`type: `' : '`type: ` or `type(scope): `';
}

function typesOf({ types }: NonNullable<CommitStyle['conventional']>): readonly string[] {
  return [...new Set([...types, ...(types.some((type) => knownTypes.includes(type)) ? knownTypes : [])])];
}

/** What a prefix has to look like, by examples; undefined where it is as the project's own. */
export function prefixFault(style: CommitStyle, subject: string, knowsScope: (scope: string) => boolean) {
  const { conventional } = style;
  if (!conventional) return undefined;
  const { type, scope } = partsOf(subject);
  const { types, scopes, scoped } = conventional;
  const scopeFits =
    scope === undefined
      ? scoped !== 'always'
      : scoped !== 'never' && (scopes.includes(scope) || knowsScope(scope));
  if (type !== undefined && typesOf(conventional).includes(type) && scopeFits) return undefined;
  const shown = scoped === 'always' ? `(${scopes[0] ?? 'scope'})` : '';
  return types
    .slice(0, 3)
    .map((one) => `${one}${shown}: …`)
    .join(', ');
}

/**
 * The first line with what needs no model's second thought: the case of its first letter and of its type, the full stop
 * at its end, the branch's ticket before it.
 * @param isName whether a word is a name, whose letters stay as they are
 */
export function inStyle(style: CommitStyle, subject: string, isName: (word: string) => boolean): string {
  const parts = partsOf(subject);
  const word = /^\p{L}+/u.exec(parts.text)?.[0] ?? '';
  const plain =
    word.slice(1) === word.slice(1).toLowerCase() && !/^[\w$]*[_.(/:]/.test(parts.text.slice(word.length));
  let { text } = parts;
  if (style.letter && word.length > 1 && plain && !isName(word)) {
    const first = text.charAt(0);
    text = (style.letter === 'upper' ? first.toUpperCase() : first.toLowerCase()) + text.slice(1);
  }
  if (style.stop === false) text = text.replace(/(?<![.\s])\.$/, '');
  if (style.stop === true && /[\p{L}\p{N})`'"]$/u.test(text)) text += '.';
  const type = style.conventional ? parts.type?.toLowerCase() : parts.type;
  const ticket = style.ticket && parts.ticket === '' ? style.ticket : parts.ticket;
  return subjectOf({ ...parts, ...(type === undefined ? {} : { type }), ticket, text });
}
