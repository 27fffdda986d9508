import { parentPort, workerData } from 'node:worker_threads';
import { answer } from './answer.ts';
import { plantForest } from './forest.ts';
import { grammarOf } from './grammars.ts';
import type { FromWorker, Question, WorkerData } from './protocol.ts';

const { grammars, engine } = workerData as WorkerData;
const forest = plantForest(grammars, engine);

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function serve(question: Question): Promise<void> {
  const source = question.ask === 'sameProgram' ? question.after : question.source;
  const grammar = grammarOf(source.languageId);
  if (grammar !== undefined) await forest.prepare(grammar);
  post({ type: 'loaded' });
  post({ type: 'answer', result: answer(question, forest) });
}

// What throws here leaves the engine in an unknown state: it ends this thread, and the client starts another.
parentPort?.on('message', (question: Question) => void serve(question));
