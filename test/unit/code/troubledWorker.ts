import { parentPort } from 'node:worker_threads';
import '../../../src/code/worker.ts';

/** The real worker, save for texts that ask for trouble: it then does what a broken engine would. */
parentPort?.on('message', (question: { source?: { text: string } }) => {
  const text = question.source?.text ?? '';
  if (text === 'hang') {
    parentPort?.postMessage({ type: 'loaded' });
    for (;;);
  }
  if (text === 'exit') process.exit(3);
  if (text === 'throw') throw new Error('broken');
  if (text === 'eat') {
    const eaten: string[][] = [];
    for (;;) eaten.push(new Array<string>(1_000_000).fill(text));
  }
});
