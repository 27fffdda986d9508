import { parentPort, workerData } from 'node:worker_threads';
import type { ToWorker, WorkerSetup } from './messages.ts';
import { serveLedger } from './serve.ts';

const port = parentPort;
if (!port) throw new TypeError('The ledger worker runs in a worker thread');
const take = serveLedger(port, workerData as WorkerSetup);
port.on('message', (message: ToWorker) => take(message));
