import { experienceOf } from '../../src/router/posterior.ts';
import { createRouter } from '../../src/router/router.ts';
import { difficultyBands } from '../../src/vocabulary/experience.ts';
import { allClaude, loaded, local, policy } from '../unit/router/candidates.ts';
import { type Figure, type Measure, quantile } from './measure.ts';

const runs = 5_000;
const warmUp = 2_000;

const sentences = [
  'Explain what this function does and where it could go wrong.',
  'Write the missing unit tests for the parser, please, edge cases included.',
  'Our invoices are rounded twice in some countries: find out why and propose a fix.',
  'Create a guide for new colleagues on how we deploy to the staging cluster.',
  'Refactor the session store so that two windows do not overwrite each other.',
];

/** A prompt of so many characters, another one for each number. */
export function prompt(characters: number, nth: number): string {
  let text = '';
  for (let at = nth; text.length < characters; at += 1)
    text += `${sentences[at % sentences.length]} (${at}) `;
  return text.slice(0, characters);
}

/** The router alone: what was asked is classified, the developer's word read, the model chosen among twelve. */
export const decisionTime: Measure = async () => {
  const router = createRouter();
  const installed = [
    ...['llama3.2:3b', 'codellama:13b', 'qwen2.5-coder:7b', 'qwen2.5-coder:1.5b', 'deepseek-coder:6.7b'],
    ...['mistral:7b', 'phi4:14b', 'gemma3:4b', 'starcoder2:3b'],
  ].map((name, at) => local(name, {}, at === 0 ? { loaded: loaded() } : {}));
  const candidates = [...installed, ...allClaude];
  const models = candidates.map((candidate) => candidate.model);
  const lessons = models.flatMap(({ id, host = '' }) =>
    difficultyBands.map(
      (band) => ({ model: id, host, task: 'tests', band, teacher: 'passed', at: 0 }) as const,
    ),
  );
  const experience = experienceOf(lessons, 0);
  const once = (text: string): void => {
    const classification = router.classify({
      text,
      surface: 'chat',
      contextCharacters: 0,
      contextItems: 0,
    });
    const said = router.readWord(text, models);
    router.decide({
      requestId: 'bench',
      classification,
      ...(said ? { word: said.word } : {}),
      needs: {
        tools: false,
        images: false,
        promptTokens: Math.ceil(text.length / 3),
        outputTokens: 1_000,
      },
      protection: { protected: false, reasons: [] },
      candidates,
      experience,
      policy: policy(),
    });
  };
  const figures: Figure[] = [];
  for (const [characters, size, aim] of [
    [200, '200 characters', { median: 0.05, p99: 0.5 }],
    [8_192, '8 KB', { median: 1, p99: 1 }],
  ] as const) {
    const times: number[] = [];
    for (let nth = 0; nth < warmUp + runs; nth += 1) {
      const text = prompt(characters, nth);
      const began = performance.now();
      once(text);
      if (nth >= warmUp) times.push(performance.now() - began);
    }
    const note = `${runs} calls; fastest tenth within ${quantile(times, 0.1).toFixed(3)} ms`;
    const name = `Decision (router alone), ${size}`;
    figures.push(
      { name: `${name}, median`, value: quantile(times, 0.5), unit: 'ms', aim: aim.median, note },
      { name: `${name}, p99`, value: quantile(times, 0.99), unit: 'ms', aim: aim.p99, note },
    );
  }
  return figures;
};
