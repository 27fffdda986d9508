import { labels } from '../../src/router/taskModel.ts';
import { type Prepared, scoresOf } from './fit.ts';

/** Divides the scores so that the likelihood of held-out examples is highest; by golden section between 0.3 and 4. */
export function temperatureOf(weights: Float32Array, heldOut: readonly Prepared[]): number {
  const all = heldOut
    .filter(({ label }) => label >= 0)
    .map((example) => {
      const scores = new Float64Array(labels.length);
      scoresOf(example, weights, scores);
      return { scores, label: example.label };
    });
  const loss = (temperature: number) => {
    let sum = 0;
    for (const { scores, label } of all) {
      let top = Number.NEGATIVE_INFINITY;
      for (const score of scores) top = Math.max(top, score / temperature);
      let total = 0;
      for (const score of scores) total += Math.exp(score / temperature - top);
      sum += top + Math.log(total) - (scores[label] ?? 0) / temperature;
    }
    return sum / all.length;
  };
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = 0.3;
  let high = 4;
  for (let step = 0; step < 40; step += 1) {
    const a = high - ratio * (high - low);
    const b = low + ratio * (high - low);
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return Math.round(((low + high) / 2) * 1000) / 1000;
}
