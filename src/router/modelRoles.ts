import type { Model } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';

/** What a model is kept for; several tasks share a role. */
export type Role = 'light' | 'code' | 'writing' | 'reasoning' | 'security';

export const roleOfTask: Readonly<Record<Task, Role>> = {
  explain: 'light',
  chat: 'light',
  commit: 'light',
  shell: 'light',
  document: 'code',
  tests: 'code',
  generate: 'code',
  edit: 'code',
  fix: 'code',
  refactor: 'code',
  review: 'code',
  prose: 'writing',
  architecture: 'reasoning',
  security: 'security',
};

/** How fit a model is for each role: 0 not, 1 somewhat, 2 well, 3 meant for it. */
export type Fitness = Readonly<Record<Role, number>>;

interface Kept {
  readonly name: RegExp;
  /** Holds from this size on, in thousands of millions of parameters. */
  readonly from?: number;
  readonly fit: Fitness;
}

const fitness = (
  light: number,
  code: number,
  writing: number,
  reasoning: number,
  security: number,
): Fitness => ({
  light,
  code,
  writing,
  reasoning,
  security,
});

/** The first entry that holds counts. The first design's models stand on top, in the roles that it gave them. */
const kept: readonly Kept[] = [
  { name: /^codellama/, from: 30, fit: fitness(1, 3, 3, 3, 2) },
  { name: /^codellama/, fit: fitness(1, 3, 3, 1, 1) },
  { name: /^starcoder2/, from: 10, fit: fitness(0, 1, 0, 0, 3) },
  { name: /^llama3\.2/, fit: fitness(3, 1, 1, 1, 1) },
  { name: /^codegemma/, fit: fitness(2, 2, 1, 1, 1) },
  { name: /^phi-?4/, from: 10, fit: fitness(1, 2, 2, 3, 2) },
  { name: /^qwen3?[\d.]*-?coder/, from: 6, fit: fitness(2, 3, 2, 2, 2) },
  { name: /^qwen3?[\d.]*-?coder/, fit: fitness(2, 2, 1, 1, 1) },
  { name: /^(?:devstral|codestral)/, fit: fitness(1, 3, 2, 2, 2) },
  { name: /^gpt-oss/, fit: fitness(2, 3, 3, 3, 3) },
  { name: /^deepseek-coder/, from: 6, fit: fitness(1, 3, 1, 2, 2) },
  { name: /^deepseek-r1/, from: 6, fit: fitness(1, 2, 2, 3, 2) },
  { name: /^granite.*code/, fit: fitness(1, 2, 1, 1, 1) },
  { name: /^mistral/, from: 6, fit: fitness(3, 1, 2, 2, 1) },
  { name: /^gemma/, from: 8, fit: fitness(2, 2, 3, 2, 1) },
  { name: /^gemma/, from: 3, fit: fitness(3, 1, 2, 1, 1) },
  { name: /^llama3/, from: 6, fit: fitness(3, 1, 2, 1, 1) },
  { name: /^qwen/, from: 6, fit: fitness(2, 2, 2, 2, 1) },
];

/** Thousands of millions of parameters as reported, else as the tag says (`:7b`), else undefined. */
export function sizeOf(model: Pick<Model, 'id' | 'parametersBillion'>): number | undefined {
  if (model.parametersBillion !== undefined) return model.parametersBillion;
  const tag = /(?:^|[:\-_])(\d{1,4}(?:\.\d{1,2})?)(b|m)(?:$|[-_])/i.exec(model.id.name);
  if (!tag) return undefined;
  const number = Number(tag[1]);
  return tag[2]?.toLowerCase() === 'm' ? number / 1000 : number;
}

/** A name without its registry and namespace: `hf.co/someone/Qwen2.5-Coder-7B` is `qwen2.5-coder-7b`. */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}

/** A model that the table does not know, by its size and by whether its name speaks of code. */
function unknownFit(model: Model): Fitness {
  const size = sizeOf(model) ?? 3;
  const code = /code|coder/.test(bareName(model.id.name)) ? 1 : 0;
  if (size < 2) return fitness(1 - code, code, 0, 0, 0);
  if (size < 6) return fitness(2 - code, 1 + code, 1, 0, 0);
  if (size < 12) return fitness(2 - code, 1 + code, 2 - code, 1, 1);
  return fitness(1, 2 + code, 2, 2, 1);
}

export function fitnessOf(model: Model): Fitness {
  const name = bareName(model.id.name);
  const size = sizeOf(model);
  const entry = kept.find(
    (one) => one.name.test(name) && (one.from === undefined || (size !== undefined && size >= one.from)),
  );
  return entry?.fit ?? unknownFit(model);
}
