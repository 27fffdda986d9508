import { parentPort } from 'node:worker_threads';
import { Finder } from './find.ts';
import type { Job, WorkerMessage } from './job.ts';

const finder = new Finder();

function answer(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', async ({ id, job }: { id: number; job: Job }) => {
  try {
    answer({ type: 'found', id, found: await finder.find(job) });
  } catch {
    answer({ type: 'failed', id });
  }
});
answer({ type: 'ready' });
