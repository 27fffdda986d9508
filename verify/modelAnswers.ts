import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkable, requestOf } from '../src/cli/checkAnswer.ts';
import type { Tasks, TaskTools } from '../src/tasks/tasks.ts';
import { askedOf } from './case.ts';
import type { Sample } from './functions.ts';
import { cacheFolder } from './packages.ts';

const never = new AbortController().signal;
const mostTokens = 300;
const mostPrompt = 6_000;

/** What a small model answers to the same questions that the editor asks; kept from one run to the next. */
export async function modelAnswers(
  server: string,
  model: string,
  samples: readonly Sample[],
  tasks: Tasks,
  tools: TaskTools,
): Promise<Checkable[]> {
  const path = join(cacheFolder(), `answers-${model.replace(/\W+/g, '-')}.json`);
  const kept = JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Record<string, string>;
  const answers: Checkable[] = [];
  for (const sample of samples)
    for (const task of ['document', 'tests', 'refactor'] as const) {
      const asked = { task, ...askedOf(sample, sample.text, sample.unit.span.start) };
      const key = `${task} ${sample.language} ${sample.path} ${sample.unit.name}`;
      const prepared = await tasks.prepare(task, requestOf({ ...asked, answer: '' }), tools, never);
      if (!prepared.ok) continue;
      const messages = prepared.value.messages.map(({ role, parts }) => ({
        role,
        content: parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n'),
      }));
      if (messages.reduce((sum, one) => sum + one.content.length, 0) > mostPrompt) continue;
      kept[key] ??= await ask(server, model, messages);
      answers.push({ ...asked, answer: kept[key] });
    }
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(path, JSON.stringify(kept));
  return answers;
}

async function ask(server: string, model: string, messages: readonly object[]): Promise<string> {
  const options = { seed: 1, temperature: 0.2, num_predict: mostTokens };
  const response = await fetch(new URL('/api/chat', server), {
    method: 'POST',
    body: JSON.stringify({ model, messages, stream: false, options }),
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`${server} answered ${response.status}`);
  const { message } = (await response.json()) as { message: { content: string } };
  return message.content;
}
