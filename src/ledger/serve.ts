import { Bookkeeper } from './bookkeeper.ts';
import type { FromWorker, Read, ToWorker, WorkerSetup, Write } from './messages.ts';
import { failureOf } from './sqliteError.ts';

const dayMs = 86_400_000;

/** Where the answers go, and what ends the worker. */
export interface WorkerPort {
  postMessage(message: FromWorker): void;
  close(): void;
}

/** Does what the ledger's client asks; gives the function that takes its messages. */
export function serveLedger(port: WorkerPort, setup: WorkerSetup): (message: ToWorker) => void {
  const send = (message: FromWorker): void => port.postMessage(message);

  const bookkeeper = new Bookkeeper(setup, {
    notice: (failure) => send({ type: 'notice', failure }),
    log: (level, line) => send({ type: 'log', level, line }),
  });
  let watching: NodeJS.Timeout | undefined;
  let checking: NodeJS.Timeout | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;

  return (message) => {
    switch (message.type) {
      case 'call':
        answer(message.id, message.body);
        break;
      case 'watch':
        watch(message.on);
        break;
      case 'close':
        watch(false);
        clearTimeout(checking);
        bookkeeper.close();
        port.close();
    }
  };

  function answer(id: number, body: Write | Read): void {
    try {
      const value = isRead(body) ? bookkeeper.read(body, Date.now()) : bookkeeper.write(body);
      send({ type: 'done', id, value });
      if (!isRead(body)) send({ type: 'changed' });
      lookAfterSoon();
    } catch (error) {
      send({ type: 'failed', id, failure: failureOf(error) });
    }
  }

  /** Once a day, when the first rush is over: damage where no statement comes by is found before it spreads. */
  function lookAfterSoon(): void {
    const now = Date.now();
    if (Math.abs(now - checkedAt) < dayMs) return;
    checkedAt = now;
    clearTimeout(checking);
    checking = setTimeout(() => quietly(() => bookkeeper.lookAfter(Date.now())), setup.checkAfterMs);
  }

  function watch(on: boolean): void {
    clearInterval(watching);
    watching = on ? setInterval(() => quietly(look), setup.watchMs) : undefined;
  }

  function look(): void {
    if (bookkeeper.changedElsewhere()) send({ type: 'changed' });
  }

  /** What nobody waits for may fail: the next call says so. */
  function quietly(body: () => void): void {
    try {
      body();
    } catch (error) {
      const failure = failureOf(error);
      send({ type: 'log', level: 'warn', line: `ledger: ${JSON.stringify(failure)}` });
    }
  }
}

const reads: Readonly<Record<Read['call'], true>> = {
  marked: true,
  left: true,
  machine: true,
  lastTurn: true,
  summary: true,
  servedToday: true,
  decisionOf: true,
  undecidedOf: true,
  decisionInput: true,
  recall: true,
};

function isRead(body: Write | Read): body is Read {
  return Object.hasOwn(reads, body.call);
}
