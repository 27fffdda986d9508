import type { Health } from '../vocabulary/health.ts';
import { fitsMemory } from './pullChoices.ts';

/** What a fresh installation finds; each is said once. */
export type FirstRunState = 'nothing' | 'localOnly' | 'claudeOnly' | 'noModels' | 'complete';

/** Undefined while nobody has looked yet. */
export function firstRunState(health: Health): FirstRunState | undefined {
  if (health.local === 'unknown') return undefined;
  // A key whose service fails is a key: the failure is said where it matters, at a question.
  const claude = health.claude !== 'noKey';
  if (health.local === 'unreachable') return claude ? 'claudeOnly' : 'nothing';
  if (health.local === 'noModels') return 'noModels';
  return claude ? 'complete' : 'localOnly';
}

const smallMemoryBytes = 9 * 1024 ** 3;
const smallModelBillion = 4;

/**
 * The model to measure on a small machine: the largest local one that fits, where the machine has 8 GB or less or no
 * model has more than 4 thousand million parameters. Undefined where the machine is not small.
 */
export function smallMachineModel(health: Health): string | undefined {
  const local = health.candidates
    .map((candidate) => candidate.model)
    .filter((model) => model.route === 'local' && model.capabilities.chat);
  if (local.length === 0) return undefined;
  const smallMachine = health.machineMemoryBytes > 0 && health.machineMemoryBytes <= smallMemoryBytes;
  const smallModels = local.every((model) => (model.parametersBillion ?? 0) <= smallModelBillion);
  if (!smallMachine && !smallModels) return undefined;
  const fitting = local.filter((model) => fitsMemory(model.sizeBytes ?? 0, health.machineMemoryBytes));
  const bySize = (fitting.length > 0 ? fitting : local).toSorted(
    (a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0),
  );
  return bySize[0]?.id.name;
}
