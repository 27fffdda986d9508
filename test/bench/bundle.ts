import { bundleBudget } from '../../scripts/package/bundleBudget.ts';
import { buildForRelease } from '../../scripts/package/release.ts';
import type { Measure } from './measure.ts';

/** What is loaded at activation and in all, from the release build. */
export const bundle: Measure = async () => {
  await buildForRelease();
  const { atActivation, inAll } = await bundleBudget();
  return [
    { name: 'Programs loaded at activation', value: atActivation / 1_000, unit: 'KB', aim: 200 },
    { name: 'Programs in all, without grammars', value: inAll / 1_000, unit: 'KB', aim: 2_000 },
  ];
};
