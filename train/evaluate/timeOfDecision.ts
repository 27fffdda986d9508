import { localScore } from '../../src/router/localScore.ts';
import { createRouter } from '../../src/router/router.ts';
import { keywordTask } from './keywordRouter.ts';
import { table } from './layout.ts';
import type { LiteLlm } from './liteLlm.ts';

const rounds = 4;

/** Microseconds a prompt in the quickest of some rounds: what else the machine does only makes it slower. */
function microseconds(run: (text: string) => unknown, texts: readonly string[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    for (const text of texts) run(text);
    best = Math.min(best, (1000 * (performance.now() - start)) / texts.length);
  }
  return best;
}

/** How long each router takes for one prompt of each of the given kinds, on this machine. */
export function timeOfDecision(
  kinds: ReadonlyMap<string, { readonly texts: readonly string[]; readonly liteLlm: LiteLlm | undefined }>,
): readonly string[] {
  const router = createRouter();
  const classified = (text: string) =>
    router.classify({ text, surface: 'chat', contextCharacters: 0, contextItems: 0 });
  const rows: readonly (readonly [string, (text: string) => unknown])[] = [
    ['Maia: task, difficulty, word', (text) => [classified(text), router.readWord(text, [])]],
    [
      'Maia: the same and localScore',
      (text) => [localScore(classified(text), text), router.readWord(text, [])],
    ],
    ['keyword router', keywordTask],
    ['length-only', (text) => text.length],
  ];
  const all = [...kinds.values()];
  const ofLiteLlm = (of: (one: LiteLlm) => number) =>
    all.map(({ liteLlm }) => (liteLlm ? of(liteLlm).toFixed(1) : '-'));
  const found = rows.map(([name, run]) => [
    name,
    ...all.map(({ texts }) => microseconds(run, texts).toFixed(1)),
  ]);
  if (all.some(({ liteLlm }) => liteLlm))
    found.push(
      ['LiteLLM rule scorer (Python)', ...ofLiteLlm(({ microseconds: { rules } }) => rules)],
      ['LiteLLM request types (Python)', ...ofLiteLlm(({ microseconds: { types } }) => types)],
      ['LiteLLM forecast by type (Python)', ...ofLiteLlm(({ microseconds: { forecast } }) => forecast)],
    );
  return table(['microseconds a prompt', ...kinds.keys()], found);
}
