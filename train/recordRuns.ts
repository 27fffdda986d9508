import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Ollama } from 'ollama';
import { estimateTokens } from '../src/engine/tokenEstimate.ts';
import type { Task } from '../src/vocabulary/task.ts';
import type { RecordedRun } from './runs/recordedRuns.ts';
import { Random } from './trainer/random.ts';

// Asks a local model for real and keeps how long each part took: sizes and times, no prompt and no answer.
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    name: { type: 'string', default: 'thisMachine' },
    remark: { type: 'string', default: '' },
    sessions: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.model === undefined) {
  process.stderr.write('Say which model: npm run record:runs -- --model qwen2.5-coder:7b\n');
  process.exit(64);
}
const model = values.model;
const root = join(import.meta.dirname, '..');
const ollama = new Ollama({ host: process.env.OLLAMA_HOST ?? 'http://127.0.0.1:11434' });
const random = new Random(Number(values.seed));
const sources = globSync('src/{router,engine,tasks}/*.ts', { cwd: root })
  .toSorted()
  .map((file) => readFileSync(join(root, file), 'utf8'));

const asks: readonly (readonly [Task, string])[] = [
  ['explain', 'Explain what this code does.'],
  ['chat', 'What is this about?'],
  ['review', 'Review this code.'],
  ['document', 'Write the doc comment of the first function.'],
  ['commit', 'Write a commit message for this.'],
  ['tests', 'Write unit tests for this code.'],
];
const windowTokens = 4_096;

async function run(task: Task, prompt: string): Promise<RecordedRun> {
  const loaded = (await ollama.ps()).models.some(({ name }) => name === model);
  const began = performance.now();
  let firstTokenMs: number | undefined;
  const stream = await ollama.chat({
    model,
    messages: [{ role: 'user', content: prompt }],
    stream: true,
    options: { num_ctx: windowTokens, num_predict: 400, seed: random.below(1_000_000) },
  });
  for await (const chunk of stream) {
    if (chunk.message.content !== '') firstTokenMs ??= performance.now() - began;
    if (!chunk.done) continue;
    const totalMs = performance.now() - began;
    return {
      task,
      loaded,
      promptTokens: chunk.prompt_eval_count,
      estimatedTokens: estimateTokens(prompt),
      outputTokens: chunk.eval_count,
      firstTokenMs: Math.round(firstTokenMs ?? totalMs),
      totalMs: Math.round(totalMs),
      loadMs: Math.round(chunk.load_duration / 1e6),
      promptMs: Math.round(chunk.prompt_eval_duration / 1e6),
      generateMs: Math.round(chunk.eval_duration / 1e6),
    };
  }
  throw new Error('the stream ended without its last piece');
}

const { models } = await ollama.list();
const listed = models.find(({ name }) => name === model);
if (!listed) throw new Error(`${model} is not installed`);
const runs: RecordedRun[] = [];
for (let session = 0; session < Number(values.sessions); session += 1) {
  await ollama.chat({ model, messages: [], keep_alive: 0 });
  for (;;) {
    if (!(await ollama.ps()).models.some(({ name }) => name === model)) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  for (let turn = 0; turn < 14; turn += 1) {
    const [task, ask] = random.pick(asks);
    const units = random.pick([0, 300, 900, 2_500, 6_000]);
    const code = units === 0 ? '' : random.pick(sources).slice(0, units);
    const found = await run(task, code === '' ? ask : `${ask}\n\n${code}`);
    runs.push(found);
    process.stderr.write(`${JSON.stringify(found)}\n`);
  }
}
const head = {
  model,
  sizeBytes: listed.size,
  parametersBillion:
    Number.parseFloat(listed.details.parameter_size) /
    (listed.details.parameter_size.endsWith('M') ? 1000 : 1),
  windowTokens,
  machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  engine: `Ollama ${((await (await fetch(new URL('/api/version', process.env.OLLAMA_HOST ?? 'http://127.0.0.1:11434'))).json()) as { version: string }).version}`,
  remark: values.remark,
};
const path = join(root, 'train', 'runs', `${values.name}.jsonl`);
writeFileSync(path, [head, ...runs].map((line) => `${JSON.stringify(line)}\n`).join(''));
