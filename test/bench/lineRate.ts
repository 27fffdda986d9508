import { routeLines } from '../../src/cli/routeLines.ts';
import { prompt } from './decisionTime.ts';
import { type Measure, quantile } from './measure.ts';

const lines = 1_000;
const runs = 60;
const warmUp = 10;
/** Units of a piece, as a pipe hands them on. */
const piece = 65_536;

/** What `maia route --jsonl` does with prompts of 200 characters, each another one; starting the program is not in it. */
export const lineRate: Measure = async () => {
  const text = Array.from(
    { length: lines },
    (_, id) => `${JSON.stringify({ id, prompt: prompt(200, id), language: 'typescript' })}\n`,
  ).join('');
  async function* pieces(): AsyncGenerator<string> {
    for (let at = 0; at < text.length; at += piece) yield text.slice(at, at + piece);
  }
  const times: number[] = [];
  for (let nth = 0; nth < warmUp + runs; nth += 1) {
    let written = 0;
    const began = performance.now();
    const unread = await routeLines(
      pieces(),
      (answers) => {
        written += answers.length;
      },
      [],
    );
    if (unread > 0 || written === 0) throw new Error('lines were not answered');
    if (nth >= warmUp) times.push(((performance.now() - began) * 1000) / lines);
  }
  const middle = quantile(times, 0.5);
  const best = Math.min(...times);
  return [
    {
      name: 'maia route --jsonl, 1,000 lines of 200 characters',
      value: middle,
      unit: 'ms',
      aim: 50,
      note: `${Math.round(1e6 / middle).toLocaleString('en')} lines a second; at best ${Math.round(1e6 / best).toLocaleString('en')}`,
    },
  ];
};
