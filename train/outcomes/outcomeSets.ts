import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pairs from './pairs.json' with { type: 'json' };

/** One prompt with what the pair of models of its set made of it. */
export interface Outcome {
  /** The same for one problem in every set; what is split or drawn keeps its rows together. Never shown to a router. */
  readonly problem: string;
  readonly prompt: string;
  /** 0..1, the score of the small model and of the large one. */
  readonly small: number;
  readonly large: number;
  /** 0..1, the mean score of all small models and of all large ones that `pairs.json` names for the set. */
  readonly smallMean: number;
  readonly largeMean: number;
}

export interface OutcomeSet {
  readonly name: string;
  readonly title: string;
  readonly smallModel: string;
  readonly largeModel: string;
  /** Whether it may shape the weights of `localScore`; else it only judges. */
  readonly shapes: boolean;
  readonly rows: readonly Outcome[];
}

interface Row {
  readonly id: string;
  readonly prompt: string;
  readonly outcomes: Readonly<Record<string, number | null>>;
}

/** The sets with recorded outcomes in the folder that MAIA_SHARED names; none where it is not set. */
export function outcomeSets(folder: string | undefined): readonly OutcomeSet[] {
  if (folder === undefined || folder === '') return [];
  return pairs.sets
    .map(({ name, title, small, large, shapes, smallModels, largeModels }) => ({
      name,
      title,
      shapes,
      smallModel: small,
      largeModel: large,
      rows: read(folder, name).flatMap(({ id, prompt, outcomes }) => {
        const [ofSmall, ofLarge] = [outcomes[small], outcomes[large]];
        if (typeof ofSmall !== 'number' || typeof ofLarge !== 'number') return [];
        return [
          {
            problem: id.slice(id.indexOf('/') + 1),
            prompt,
            small: ofSmall,
            large: ofLarge,
            smallMean: mean(outcomes, smallModels),
            largeMean: mean(outcomes, largeModels),
          },
        ];
      }),
    }))
    .filter(({ rows }) => rows.length > 0);
}

function read(folder: string, name: string): readonly Row[] {
  const path = join(folder, 'data', 'outcomes', `${name}.jsonl`);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

function mean(outcomes: Row['outcomes'], models: readonly string[]): number {
  const found = models.map((model) => outcomes[model]).filter((score) => typeof score === 'number');
  return found.reduce((sum, score) => sum + score, 0) / found.length;
}
