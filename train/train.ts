import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { labels, type TaskModelData } from '../src/router/taskModel.ts';
import { temperatureOf } from './trainer/calibration.ts';
import { makeExamples } from './trainer/examples.ts';
import { chooseMarks, learn, prepare } from './trainer/fit.ts';

const seed = 7;
const heldOut = 0;

const examples = makeExamples();
const marks = chooseMarks(examples);
const prepared = examples.map((example) => prepare(example, marks));
const temperature = temperatureOf(
  learn(
    prepared.filter((_, place) => examples[place]?.fold !== heldOut),
    seed,
  ),
  prepared.filter((_, place) => examples[place]?.fold === heldOut && examples[place].kind !== 'two'),
);
const weights = learn(prepared, seed);

const width = labels.length;
const largest = new Float64Array(width);
for (let place = 0; place < weights.length; place += 1) {
  const label = place % width;
  largest[label] = Math.max(largest[label] ?? 0, Math.abs(weights[place] ?? 0));
}
// The few largest weights may be cut off: finer steps for all others are worth more.
const scales = Array.from(largest, (value) => Number(((value * 0.85) / 127).toPrecision(8)));
const bytes = new Int8Array(weights.length);
for (let place = 0; place < weights.length; place += 1) {
  const step = Math.round((weights[place] ?? 0) / (scales[place % width] ?? 1));
  bytes[place] = Math.max(-127, Math.min(127, step));
}
const packed = deflateRawSync(bytes, { level: 9 }).toString('base64');
const packedMarks = deflateRawSync(marks, { level: 9 }).toString('base64');
const data: TaskModelData = {
  version: createHash('sha256')
    .update(packed)
    .update(packedMarks)
    .update(String(temperature))
    .digest('hex')
    .slice(0, 12),
  temperature,
  scales,
  marks: packedMarks,
  weights: packed,
};
const path = join(import.meta.dirname, '..', 'src', 'router', 'taskWeights.json');
writeFileSync(path, `${JSON.stringify(data, undefined, 2)}\n`);
process.stdout.write(
  `${examples.length} examples, temperature ${temperature}, ${packed.length} characters, version ${data.version}\n`,
);
