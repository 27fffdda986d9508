import type { Task } from '../vocabulary/task.ts';
import { contestChance } from './contestScore.ts';

/** 0 (routine) to 1 (hard) for a task of which nothing else is known; the order also says which of two is harder. */
export const baseDifficulty: Readonly<Record<Task, number>> = {
  chat: 0.1,
  commit: 0.12,
  explain: 0.2,
  shell: 0.22,
  document: 0.24,
  prose: 0.28,
  tests: 0.35,
  edit: 0.38,
  generate: 0.4,
  fix: 0.45,
  review: 0.5,
  refactor: 0.52,
  security: 0.8,
  architecture: 0.85,
};

const hard =
  /concurren|deadlock|race condition|distributed|thread.?safe|memory leak|cryptograph|consensus|migrat|performance|bottleneck|transaction|idempoten|parallel|lifetime|borrow checker|kernel|nebenläufig|verteilt|concurrencia|rendimiento|конкурент|многопоточ|并发|死锁|分布式|性能|内存泄漏|並行|デッドロック/;
const many =
  /codebase|code base|monorepo|everywhere|(?:whole|entire) (?:project|repo|app|module)|(?:all|every|across|multiple|several|many)(?: the)? (?:files?|modules?|services?|tests)|alle dateien|ganze[ns]? projekt|todos los|todo el proyecto|tous les fichiers|tout le projet|todos os arquivos|все файлы|всему проекту|所有文件|整个项目|整个代码库|すべてのファイル/;
const easy =
  /\b(?:simple|small|typo|quick|minor|trivial|tiny|basic|one.?liner|einfach|klein|kurz|tippfehler|sencill|pequeñ|petit|rapide)|简单|小/;

export interface DifficultyInput {
  /** What is looked at of the prompt; at most some KB. */
  readonly text: string;
  /** The whole of it; at most 8,001 units are looked at. */
  readonly prompt: string;
  readonly contextItems: number;
  readonly contextCharacters: number;
}

/** 0 (routine) .. 1 (hard), to three places. */
export function difficultyOf(task: Task, input: DifficultyInput): number {
  const said = input.text.toLowerCase();
  let difficulty = baseDifficulty[task];
  const solved = contestChance(input.prompt);
  // The words of a contest's problem ("a simple graph", "in parallel") tell nothing of how hard it is.
  if (solved !== undefined) difficulty += 0.5 * (1 - solved);
  else {
    if (hard.test(said)) difficulty += 0.2;
    if (many.test(said)) difficulty += 0.25;
    if (easy.test(said)) difficulty -= 0.15;
  }
  if (input.contextItems >= 5) difficulty += 0.15;
  if (input.contextCharacters > 40_000) difficulty += 0.15;
  if (input.prompt.length > 3000) difficulty += 0.05;
  return Math.min(1, Math.max(0, Math.round(difficulty * 1000) / 1000));
}
