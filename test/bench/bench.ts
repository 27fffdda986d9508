import { activation } from './activation.ts';
import { bundle } from './bundle.ts';
import type { Measure } from './measure.ts';

const measures: readonly Measure[] = [bundle, activation];

for (const measure of measures)
  for (const { name, value, aim } of await measure())
    console.log(`${name.padEnd(42)} ${value.padStart(12)}${aim ? `   aim: ${aim} or less` : ''}`);
