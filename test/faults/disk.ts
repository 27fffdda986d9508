import { closeSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Mishap } from './inProcessWorker.ts';
import type { Random } from './random.ts';

export type DiskKind = 'sound' | 'slow' | 'full' | 'locked' | 'corrupt' | 'dying' | 'hanging';

/** The disk under one scenario's ledger: sound, or failing in one way from some write on. */
export class Disk {
  readonly kind: DiskKind;
  readonly folder: string;
  readonly #random: Random;
  readonly #strikeAt: number;
  readonly #lastsFor: number;
  #messages = 0;
  #holder: DatabaseSync | undefined;
  /** Faults that really struck. */
  struck = 0;

  /** @param kind drawn where it is not said */
  constructor(folder: string, random: Random, kind?: DiskKind) {
    this.folder = folder;
    this.#random = random;
    const drawn = random.weighted<DiskKind>({
      sound: 60,
      slow: 10,
      full: 6,
      locked: 6,
      corrupt: 6,
      dying: 6,
      hanging: 6,
    });
    this.kind = kind ?? drawn;
    this.#strikeAt = random.int(0, 20);
    this.#lastsFor = random.int(1, 15);
  }

  /** Pages of 4,096 bytes that the file may have; 0 = no limit. */
  get maxPages(): number {
    return this.kind === 'full' ? 20 + this.#strikeAt : 0;
  }

  /** What becomes of the next message to the ledger's worker. */
  readonly mishap = (): Mishap => {
    const at = this.#messages;
    this.#messages += 1;
    const struck = at >= this.#strikeAt && at < this.#strikeAt + this.#lastsFor;
    if (this.kind === 'slow') {
      this.struck += 1;
      return { lateMs: this.#random.int(0, 3_000) };
    }
    if (!struck) {
      if (this.kind === 'locked') this.#unlock();
      return 'none';
    }
    this.struck += this.kind === 'sound' ? 0 : 1;
    if (this.kind === 'locked') this.#lock();
    if (this.kind === 'corrupt' && at === this.#strikeAt) this.#corrupt();
    if (this.kind === 'dying') return this.#random.chance(0.5) ? 'crash' : 'none';
    if (this.kind === 'hanging') return this.#random.chance(0.2) ? 'hang' : { lateMs: 7_000 };
    return 'none';
  };

  close(): void {
    this.#unlock();
  }

  /** Another process holds the file. */
  #lock(): void {
    if (this.#holder) return;
    mkdirSync(this.folder, { recursive: true });
    const holder = new DatabaseSync(join(this.folder, 'ledger.sqlite'), { timeout: 0 });
    try {
      holder.exec('BEGIN IMMEDIATE');
      this.#holder = holder;
    } catch {
      holder.close();
    }
  }

  #unlock(): void {
    this.#holder?.close();
    this.#holder = undefined;
  }

  /** Writes over the file's pages, its header at times included. */
  #corrupt(): void {
    mkdirSync(this.folder, { recursive: true });
    if (!readdirSync(this.folder).includes('ledger.sqlite')) return;
    const file = openSync(join(this.folder, 'ledger.sqlite'), 'r+');
    const junk = Buffer.alloc(4_096, this.#random.int(1, 255));
    const first = this.#random.chance(0.5) ? 0 : 1;
    for (let page = first; page < 40; page += 1) writeSync(file, junk, 0, junk.length, page * 4_096);
    closeSync(file);
  }
}
