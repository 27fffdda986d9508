import { parentPort } from 'node:worker_threads';
import { diagnose } from './diagnose.ts';
import type { FromWorker, Question } from './protocol.ts';

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

let last = Promise.resolve();

// What throws here ends the thread, and the client starts another.
parentPort?.on('message', (question: Question) => {
  last = last.then(async () => {
    const answer = await diagnose(question, (pid) => post({ type: 'process', pid }));
    post({ type: 'answer', answer });
  });
});
