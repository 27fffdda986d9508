import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task } from '../../src/vocabulary/task.ts';

/** What LiteLLM says of one prompt. */
export interface LiteLlmFound {
  /** Of its rule scorer (complexity router): the higher, the more complex. */
  readonly rules: number;
  /** One of its request types. */
  readonly type: string;
  /** 0..1, its forecast by request type that a model of the simplest tier succeeds. */
  readonly forecast: number;
}

export interface LiteLlm {
  readonly version: string;
  readonly found: ReadonlyMap<string, LiteLlmFound>;
  /** Microseconds a prompt. */
  readonly microseconds: { readonly rules: number; readonly types: number; readonly forecast: number };
}

const wanted = '1.106.2';

/** Tasks that each of LiteLLM's request types may mean. It is counted right wherever the task is among them. */
const meant: Readonly<Record<string, readonly Task[]>> = {
  code_generation: ['generate', 'edit', 'tests', 'shell', 'document', 'refactor'],
  code_understanding: ['explain', 'fix', 'review', 'refactor', 'document'],
  technical_design: ['architecture'],
  analytical_reasoning: ['generate', 'explain'],
  writing: ['prose', 'commit', 'document'],
  factual_lookup: ['explain', 'chat'],
  general: ['chat'],
};

/** The task that a request type is taken for: `task` itself where the type may mean it. */
export function taskOfType(type: string, task: string): string {
  const tasks = meant[type] ?? [];
  return tasks.find((one) => one === task) ?? tasks[0] ?? 'chat';
}

function works(python: string): boolean {
  const code = 'import importlib.metadata as m; print(m.version("litellm"))';
  const run = spawnSync(python, ['-c', code], { encoding: 'utf8', timeout: 20_000 });
  return run.status === 0 && run.stdout.startsWith('1.106.');
}

/** A Python that has LiteLLM: the one at hand, or an environment of its own in the folder for temporary files. */
function findPython(): string | undefined {
  const folder = join(tmpdir(), 'maia-litellm');
  const own = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  for (const python of [own, 'python3']) if (works(python)) return python;
  if (!existsSync(own) && spawnSync('python3', ['-m', 'venv', folder], { timeout: 60_000 }).status !== 0)
    return undefined;
  const install = ['-m', 'pip', 'install', '--quiet', `litellm==${wanted}`, 'numpy'];
  spawnSync(own, install, { timeout: 180_000 });
  return works(own) ? own : undefined;
}

/**
 * Asks LiteLLM about all prompts at once. Installs it where Python and a package registry can be reached.
 * @param rounds how many times, for the times of the quickest
 * @returns a sentence saying why not, where it cannot be had
 */
export function askLiteLlm(texts: readonly string[], rounds = 1): LiteLlm | string {
  const python = findPython();
  if (!python) return `LiteLLM ${wanted} could not be had (no Python 3, or it could not be installed).`;
  const program = readFileSync(join(import.meta.dirname, 'litellm.py'), 'utf8');
  // A lone surrogate has no bytes to be sent as.
  const unique = [...new Set(texts)].filter((text) => text.isWellFormed());
  const run = spawnSync(python, ['-c', program, String(rounds)], {
    input: unique.map((text) => `${JSON.stringify(text)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    timeout: 120_000,
  });
  if (run.status !== 0) return `LiteLLM did not run: ${run.stderr.trim().split('\n').at(-1) ?? ''}`;
  const lines = run.stdout.trim().split('\n');
  const { version, ...microseconds } = JSON.parse(lines.pop() ?? '{}') as LiteLlm['microseconds'] & {
    readonly version: string;
  };
  const found = new Map(
    lines.map((line, place) => [unique[place] ?? '', JSON.parse(line) as LiteLlmFound] as const),
  );
  return { version, found, microseconds };
}
