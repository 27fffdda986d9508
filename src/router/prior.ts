import type { DifficultyBand } from '../vocabulary/experience.ts';
import type { Model } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';
import { sizeOf } from './modelRoles.ts';

/** What is believed of a model before anything was seen of it on this machine. */
export interface Prior {
  /** 0..1 without the ends: the probability that its answer will do. */
  readonly prior: number;
  /** As many observations as that belief counts for. */
  readonly weight: number;
  /** Whether the catalogue of models knows its family. */
  readonly known: boolean;
}

export function priorOf(model: Model, _task: Task, band: DifficultyBand): Prior {
  const size = sizeOf(model) ?? 3;
  const medium = Math.min(0.9, 0.25 + 0.15 * Math.log2(Math.max(0.5, size)));
  const prior = band === 'easy' ? (1 + medium) / 2 : band === 'medium' ? medium : medium / 2;
  return { prior: Math.max(0.05, prior), weight: 4, known: false };
}
