import data from './modelCatalogue.json' with { type: 'json' };

/** What a model is kept for; several tasks share a role. */
export const roles = ['light', 'code', 'writing', 'reasoning', 'security'] as const;
export type Role = (typeof roles)[number];

/** A published figure, 0..1, and the key of the source where it was published. */
export type Figure = readonly [value: number, source: string];

export interface SizeRow {
  /** Thousands of millions of parameters. */
  readonly size: number;
  /** Of these, those that one token takes, in a mixture of experts. */
  readonly active?: number;
  /** HumanEval: a function from its description, right at the first try. */
  readonly code?: Figure;
  /** IFEval: instructions followed. */
  readonly follows?: Figure;
  /** LiveCodeBench: problems from contests, right at the first try. */
  readonly contest?: Figure;
  /** Roles of this size where they differ from the family's. */
  readonly meantFor?: readonly Role[];
}

interface WrittenFamily {
  /** A regular expression over a name without registry and namespace, in small letters; the first that holds counts. */
  readonly name: string;
  readonly makers: readonly string[];
  /** Where the makers sit. */
  readonly countries: readonly string[];
  readonly licence: string;
  /** Roles that it is meant for: it is preferred there. */
  readonly meantFor?: readonly Role[];
  /** As published; what counts at run time is what the provider tells of the very model. */
  readonly tools?: true;
  readonly images?: true;
  /** The longest window, in tokens. */
  readonly context: number;
  /** Names of its base models, which follow a chat only where a probe found that they do. */
  readonly base?: string;
  /** Thinks before each answer and cannot be told not to. */
  readonly thinks?: true;
  /** By rising size; a model counts as the largest row that is not larger than it. */
  readonly sizes: readonly SizeRow[];
}

/** Makes and kinds of models, as data with the source of every figure. */
export interface Family extends Omit<WrittenFamily, 'name' | 'base'> {
  readonly name: RegExp;
  readonly base?: RegExp;
}

const written = data as unknown as {
  readonly version: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly families: readonly WrittenFamily[];
};

export const catalogueVersion = written.version;
export const sources = written.sources;
export const families: readonly Family[] = written.families.map(({ name, base, ...family }) => ({
  ...family,
  name: new RegExp(name),
  ...(base === undefined ? {} : { base: new RegExp(base) }),
}));
