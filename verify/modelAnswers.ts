import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkable, requestOf } from '../src/cli/checkAnswer.ts';
import { ConfidenceMeter } from '../src/engine/confidenceMeter.ts';
import { tokensOf } from '../src/providers/ollamaChunk.ts';
import type { Tasks, TaskTools } from '../src/tasks/tasks.ts';
import type { Confidence } from '../src/vocabulary/confidence.ts';
import type { Task } from '../src/vocabulary/task.ts';
import { askedOf } from './case.ts';
import type { Sample } from './functions.ts';
import { cacheFolder } from './packages.ts';

/** What a model answered, and how sure it was. */
export interface ModelAnswer {
  readonly asked: Checkable;
  readonly confidence: Confidence;
}

interface Kept {
  readonly key: string;
  readonly answer: string;
  readonly confidence: Confidence;
}

const never = new AbortController().signal;
const mostTokens: Partial<Record<Task, number>> = { document: 220, tests: 320, refactor: 320, generate: 320 };
export const askedTasks = Object.keys(mostTokens) as Task[];
const mostPrompt = 5_000;
/** What is to be written again has to have room in the answer. */
const mostFunction = 900;

/**
 * What a small model answers to the same questions that the editor asks, kept from one run to the next. The limits of
 * tokens are several times what such an answer needs: what ends there runs on, and is judged as it is.
 * @param most answers of each task
 */
export async function modelAnswers(
  server: string,
  model: string,
  samples: readonly Sample[],
  most: number,
  tasks: Tasks,
  tools: TaskTools,
): Promise<ModelAnswer[]> {
  const path = join(cacheFolder(), `answers-${model.replace(/\W+/g, '-')}.jsonl`);
  await mkdir(cacheFolder(), { recursive: true });
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const kept = new Map(lines.map((line) => JSON.parse(line) as Kept).map((one) => [one.key, one]));
  const answers: ModelAnswer[] = [];
  for (const task of askedTasks) {
    let asked = 0;
    for (const sample of samples) {
      if (asked >= most) break;
      if (sample.unit.span.end - sample.unit.span.start > mostFunction) continue;
      const question = { task, ...askedOf(sample, sample.text, sample.unit.span.start) };
      const prepared = await tasks.prepare(task, requestOf({ ...question, answer: '' }), tools, never);
      if (!prepared.ok) continue;
      const messages = prepared.value.messages.map(({ role, parts }) => ({
        role,
        content: parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n'),
      }));
      if (messages.reduce((sum, one) => sum + one.content.length, 0) > mostPrompt) continue;
      asked += 1;
      const key = `${task} ${sample.language} ${sample.path} ${sample.unit.owner ?? ''}.${sample.unit.name}`;
      let one = kept.get(key);
      if (!one) {
        one = { key, ...(await ask(server, model, messages, mostTokens[task] ?? 300)) };
        kept.set(key, one);
        await appendFile(path, `${JSON.stringify(one)}\n`);
      }
      answers.push({ asked: { ...question, answer: one.answer }, confidence: one.confidence });
    }
  }
  return answers;
}

async function ask(
  server: string,
  model: string,
  messages: readonly object[],
  limit: number,
): Promise<Omit<Kept, 'key'>> {
  const options = { seed: 1, num_predict: limit };
  const response = await fetch(new URL('/api/chat', server), {
    method: 'POST',
    body: JSON.stringify({ model, messages, stream: false, logprobs: true, options }),
    signal: AbortSignal.timeout(120_000),
  });
  if (!response.ok) throw new Error(`${server} answered ${response.status}`);
  const body = (await response.json()) as {
    message: { content: string };
    logprobs?: unknown;
  };
  const meter = new ConfidenceMeter();
  for (const token of tokensOf(body) ?? []) meter.add(token);
  const confidence = meter.read();
  if (!confidence) throw new Error(`${server} tells nothing of its tokens`);
  return { answer: body.message.content, confidence };
}
