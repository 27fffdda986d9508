import { setTimeout as sleep } from 'node:timers/promises';
import { hasInEnvironment, type ProcessRow, processTable } from './processTable.ts';
import type { Taken, Tree } from './supervise.ts';

/** The longest fight against processes that begin others as they end, ms. */
const longestEnd = 10_000;
/** Looks that find nothing, one after another, until it is believed. */
const looks = 2;

/**
 * The processes of a run without a sandbox: those that descend from its first one or share a process group with one of
 * them, as often as was looked, and those that carry the run's mark in their environment wherever they hang now. What
 * clears its environment and leaves its parents between two looks is not found; only a namespace holds that.
 */
export class MarkedTree implements Tree {
  readonly everyMs = 250;
  readonly #first: number;
  readonly #mark: string;
  /** `true` for its own, by pid and beginning. */
  readonly #known = new Map<string, boolean>();
  readonly #groups = new Set<number>();

  constructor(first: number, mark: string) {
    this.#first = first;
    this.#mark = mark;
    this.#groups.add(first);
  }

  async #own(): Promise<ProcessRow[]> {
    const table = (await processTable()).filter(({ pid }) => pid !== process.pid);
    const own = new Map<number, ProcessRow>();
    const take = (row: ProcessRow) => {
      own.set(row.pid, row);
      this.#known.set(keyOf(row), true);
      this.#groups.add(row.group);
    };
    await Promise.all(
      table.map(async (row) => {
        const known = this.#known.get(keyOf(row)) ?? (await hasInEnvironment(row.pid, this.#mark));
        this.#known.set(keyOf(row), known);
        if (known || row.pid === this.#first) take(row);
      }),
    );
    for (let more = true; more; ) {
      more = false;
      for (const row of table) {
        if (own.has(row.pid) || !(own.has(row.parent) || this.#groups.has(row.group))) continue;
        take(row);
        more = true;
      }
    }
    return [...own.values()];
  }

  async taken(): Promise<Taken> {
    const own = await this.#own();
    return { processes: own.length, memoryBytes: own.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0) };
  }

  async end(): Promise<void> {
    const until = performance.now() + longestEnd;
    for (let empty = 0; empty < looks && performance.now() < until; ) {
      const own = await this.#own();
      empty = own.length === 0 ? empty + 1 : 0;
      // Stopped first: what is stopped begins nothing while the others are ended.
      for (const { pid } of own) send(pid, 'SIGSTOP');
      for (const { pid } of own) send(pid, 'SIGKILL');
      await sleep(10);
    }
  }
}

function keyOf({ pid, began }: ProcessRow): string {
  return `${pid} ${began}`;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}
