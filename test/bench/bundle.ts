import { bundleBudget } from '../../scripts/package/bundleBudget.ts';
import { buildForRelease } from '../../scripts/package/release.ts';
import { kilobytes, type Measure } from './measure.ts';

/** What is loaded at activation and in all, from the release build. */
export const bundle: Measure = async () => {
  await buildForRelease();
  const { atActivation, inAll } = await bundleBudget();
  return [
    { name: 'Programs at activation', value: kilobytes(atActivation), aim: '200 KB' },
    { name: 'Programs in all, without grammars', value: kilobytes(inAll), aim: '2000 KB' },
  ];
};
