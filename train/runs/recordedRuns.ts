import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Task } from '../../src/vocabulary/task.ts';

/** One real request to a local model: sizes and times alone. Times in milliseconds. */
export interface RecordedRun {
  readonly task: Task;
  /** In memory before it was asked. */
  readonly loaded: boolean;
  /** As the model counted them, and as they are estimated before it is asked. */
  readonly promptTokens: number;
  readonly estimatedTokens: number;
  readonly outputTokens: number;
  /** By the clock of who asked. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** As the engine told. */
  readonly loadMs: number;
  readonly promptMs: number;
  readonly generateMs: number;
}

/** Runs of one model on one machine, in the order in which they were made. */
export interface Recording {
  readonly name: string;
  readonly model: string;
  readonly sizeBytes: number;
  readonly parametersBillion: number;
  readonly windowTokens: number;
  readonly machine: string;
  readonly engine: string;
  /** What else is to be known of it. */
  readonly remark: string;
  readonly runs: readonly RecordedRun[];
}

/** All recordings in this folder, by name. */
export function recordings(): readonly Recording[] {
  return globSync('*.jsonl', { cwd: import.meta.dirname })
    .toSorted()
    .map((file) => {
      const [head, ...runs] = readFileSync(join(import.meta.dirname, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as unknown);
      return {
        ...(head as Omit<Recording, 'name' | 'runs'>),
        name: basename(file, '.jsonl'),
        runs: runs as RecordedRun[],
      };
    });
}
