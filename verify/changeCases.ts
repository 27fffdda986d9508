import type { Code } from '../src/code/code.ts';
import type { Case } from './case.ts';
import type { Sample } from './functions.ts';

export async function changeCases(_sample: Sample, _code: Code): Promise<Case[]> {
  return [];
}
