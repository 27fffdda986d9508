import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../vocabulary/failure.ts';
import { budgetPeriods } from './budgets.ts';
import { confidenceOutcomes } from './confidenceOutcomes.ts';
import { isSound, type OpenDatabase, type OpenOptions, openDatabase, reopenDamaged } from './databaseFile.ts';
import { storedDecision, storedInput, storedUndecided } from './inputs.ts';
import { type KeyedHash, keyedHashIn } from './keyedHash.ts';
import { leftSince } from './left.ts';
import { lessonsSince } from './lessons.ts';
import { lastTurn, machineKnown } from './machine.ts';
import type { Answers, Read, WorkerSetup, Write, Written } from './messages.ts';
import { sinceOf } from './period.ts';
import { knownSchema } from './schema.ts';
import { ownerText, settleAbandoned } from './settle.ts';
import { isCorrupt, isPassing, LedgerError } from './sqliteError.ts';
import { servedSinceMidnight, summarize } from './summaries.ts';
import { tidy, write } from './writes.ts';

export interface BookkeeperEvents {
  readonly notice: (failure: Failure) => void;
  readonly log: (level: 'info' | 'warn', line: string) => void;
}

/** Writes that found no room are kept in memory and tried again before the next one; the oldest go first. */
const mostKept = 500;

/**
 * The ledger as the worker has it: opens the file at the first call, and again whenever it was set aside, by itself
 * or by another process. Every call throws what SQLite or `node:fs` threw; a later call may work again.
 */
export class Bookkeeper {
  readonly #setup: WorkerSetup;
  readonly #events: BookkeeperEvents;
  readonly #kept: Write[] = [];
  #open: OpenDatabase | undefined;
  #hash: KeyedHash | undefined;
  #dataVersion: number | undefined;

  constructor(setup: WorkerSetup, events: BookkeeperEvents) {
    this.#setup = setup;
    this.#events = events;
  }

  write(message: Write): Written {
    try {
      return this.#withDatabase((open) => {
        refuseNewer(open);
        this.#writeKept(open);
        return this.#writeNow(open, message);
      });
    } catch (error) {
      if (isPassing(error)) this.#keep(message);
      throw error;
    }
  }

  read(message: Read, now: number): Answers[Read['call']] {
    return this.#withDatabase((open) => {
      const { db } = open;
      switch (message.call) {
        case 'marked': {
          const conversation = this.#hashed()('conversation', message.conversation);
          const mark = db.prepare('SELECT cause FROM marks WHERE conversation = ?').get(conversation);
          // What this Maia does not know is never let go.
          return mark && (mark.cause === 'secret' ? 'secret' : 'protected');
        }
        case 'left':
          return leftSince(db, sinceOf(message.period, message.now));
        case 'machine':
          return machineKnown(db);
        case 'lastTurn':
          return lastTurn(db, this.#hashed()('conversation', message.conversation));
        case 'decisionOf':
          return storedDecision(db, message.requestId);
        case 'undecidedOf':
          return storedUndecided(db, message.requestId);
        case 'decisionInput':
          return storedInput(db, message.requestId);
        case 'recall': {
          const since = lessonsSince(db, message.lessonsVersion, message.now, message.halfLifeMs);
          return {
            ...since,
            ...(since.lessons ? { confidence: confidenceOutcomes(db) } : {}),
            budget: budgetPeriods(db, message.budget, message.now),
          };
        }
        case 'servedToday':
          return servedSinceMidnight(db, message.now);
        case 'summary':
          this.#settle(open, now);
          return summarize(db, {
            period: message.period,
            now: message.now,
            baselineModel: message.baselineModel,
            practice: this.#setup.practice,
          });
      }
    });
  }

  /** Whether another process has written since the last time this was asked. */
  changedElsewhere(): boolean {
    const open = this.#open;
    if (!open) return false;
    if (!open.isCurrent()) {
      this.#letGo();
      return true;
    }
    const row = open.db.prepare('PRAGMA data_version').get() as { data_version: number };
    const changed = this.#dataVersion !== undefined && this.#dataVersion !== row.data_version;
    this.#dataVersion = row.data_version;
    return changed;
  }

  /**
   * Looks at the whole file and sets it aside if it is damaged where no statement has come by yet; puts together what
   * is old.
   */
  lookAfter(now: number): void {
    if (!this.#open || this.#open.newer !== undefined) return;
    if (isSound(this.#open.db)) tidy(this.#open.db, now);
    else {
      this.#letGo();
      this.#opened(reopenDamaged(this.#options()));
    }
  }

  /** Tries once more to write what found no room, then closes the file. */
  close(): void {
    try {
      if (this.#kept.length > 0) this.#writeKept(this.#database());
    } catch {
      this.#events.log('warn', `ledger closed with ${this.#kept.length} rows that could not be written`);
    }
    this.#letGo();
  }

  #writeNow(open: OpenDatabase, message: Write): Written {
    const { owner, practice } = this.#setup;
    return write({ db: open.db, hash: this.#hashed(), owner: ownerText(owner), teaches: !practice }, message);
  }

  /** In the order in which they came; what will never be taken is not asked again. */
  #writeKept(open: OpenDatabase): void {
    for (let oldest = this.#kept[0]; oldest; oldest = this.#kept[0]) {
      try {
        this.#writeNow(open, oldest);
      } catch (error) {
        if (isPassing(error) || isCorrupt(error)) throw error;
        this.#events.log('warn', `ledger cannot take a row of ${oldest.call}`);
      }
      this.#kept.shift();
    }
  }

  #keep(message: Write): void {
    if (this.#kept.length >= mostKept) this.#kept.shift();
    this.#kept.push(message);
  }

  #withDatabase<T>(body: (open: OpenDatabase) => T): T {
    try {
      const open = this.#database();
      const result = body(open);
      if (open.isCurrent()) return result;
    } catch (error) {
      if (!isCorrupt(error)) throw error;
      this.#letGo();
      return body(this.#opened(reopenDamaged(this.#options())));
    }
    // It was set aside in the meantime: what went into the old file is done again in the new one.
    return body(this.#database());
  }

  #database(): OpenDatabase {
    if (this.#open?.isCurrent()) return this.#open;
    this.#letGo();
    return this.#opened(openDatabase(this.#options()));
  }

  #opened(open: OpenDatabase): OpenDatabase {
    this.#open = open;
    const { newer } = open;
    if (newer !== undefined)
      this.#events.log('warn', `ledger has the newer schema ${newer}: it is not written`);
    else this.#settle(open, Date.now());
    return open;
  }

  #options(): OpenOptions {
    const { folder, practice, busyMs, maxPages } = this.#setup;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    return {
      file: join(folder, practice ? 'practice.sqlite' : 'ledger.sqlite'),
      busyMs,
      ...(maxPages !== undefined && { maxPages }),
      setAside: (file) => {
        this.#events.log('warn', `ledger was damaged: set aside as ${file}, a fresh one was begun`);
        this.#events.notice({ code: 'ledgerSetAside', params: { file } });
      },
    };
  }

  #settle(open: OpenDatabase, now: number): void {
    if (open.newer !== undefined) return;
    try {
      settleAbandoned(open.db, this.#setup.owner, now);
    } catch (error) {
      // The next summary tries again; a damaged file is found there too.
      if (isCorrupt(error)) throw error;
    }
  }

  #hashed(): KeyedHash {
    this.#hash ??= keyedHashIn(this.#setup.folder);
    return this.#hash;
  }

  #letGo(): void {
    this.#dataVersion = undefined;
    try {
      this.#open?.db.close();
    } catch {
      // A damaged file may not even close; the connection is gone either way.
    }
    this.#open = undefined;
  }
}

function refuseNewer(open: OpenDatabase): void {
  if (open.newer !== undefined)
    throw new LedgerError({ code: 'ledgerNewer', params: { found: open.newer, known: knownSchema } });
}
