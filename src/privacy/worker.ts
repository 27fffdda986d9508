import { parentPort } from 'node:worker_threads';
import { find } from './find.ts';
import type { Job, WorkerMessage } from './job.ts';

function answer(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', async ({ id, job }: { id: number; job: Job }) => {
  try {
    answer({ type: 'found', id, found: await find(job) });
  } catch {
    answer({ type: 'failed', id });
  }
});
answer({ type: 'ready' });
