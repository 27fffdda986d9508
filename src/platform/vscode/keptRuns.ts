import type { Memento } from 'vscode';
import type { KeptConsent } from '../runConsent.ts';

const key = 'maia.testRuns';

/** What the developer said of running tests, by the path of the workspace folder; kept with the workspace. */
export function keptAnswers(state: Memento): {
  get(folder: string): KeptConsent | undefined;
  keep(folder: string, answer: KeptConsent): Promise<void>;
  /** @returns whether there was anything to forget */
  forget(): Promise<boolean>;
} {
  const all = () => state.get<Readonly<Record<string, KeptConsent>>>(key, {});
  return {
    get(folder) {
      const answer: unknown = Object.hasOwn(all(), folder) ? all()[folder] : undefined;
      return answer === 'allowed' || answer === 'never' ? answer : undefined;
    },
    async keep(folder, answer) {
      await state.update(key, { ...all(), [folder]: answer });
    },
    async forget() {
      const some = Object.keys(all()).length > 0;
      await state.update(key, undefined);
      return some;
    },
  };
}
