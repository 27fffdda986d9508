import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../../src/vocabulary/task.ts';

export interface JudgeSet {
  readonly name: string;
  /** `task` is absent in a set without labels. */
  readonly rows: readonly { readonly text: string; readonly task?: Task }[];
}

interface Row {
  readonly prompt: string;
  readonly label: string | null;
  readonly category?: string;
}

const types: Readonly<Record<string, Task>> = {
  debugging: 'fix',
  implementation: 'generate',
  conceptual: 'explain',
  optimization: 'refactor',
  optimisation: 'refactor',
};

function read(folder: string, name: string): readonly Row[] {
  const path = join(folder, 'data', 'intents', `${name}.jsonl`);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** The sets in the folder that MAIA_SHARED names; none where it is not set. They only judge: nothing here is trained on. */
export function sharedSets(folder: string | undefined): readonly JudgeSet[] {
  if (folder === undefined || folder === '') return [];
  const all = (name: string, task?: Task): JudgeSet => ({
    name,
    rows: read(folder, name).map(({ prompt }) => ({ text: prompt, ...(task ? { task } : {}) })),
  });
  const stack: JudgeSet = {
    name: 'stackeval_type',
    rows: read(folder, 'stackeval_type').flatMap(({ prompt, label }) => {
      const task = types[label ?? ''];
      return task ? [{ text: prompt, task }] : [];
    }),
  };
  return [
    stack,
    all('so_architecture', 'architecture'),
    all('se_security_secrets', 'security'),
    all('arena_hard_prompts'),
    all('aider_prompts'),
  ].filter(({ rows }) => rows.length > 0);
}
