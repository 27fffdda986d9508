import { startAnthropic } from './anthropic.ts';
import { startOllama } from './ollama.ts';
import { gone } from './wire/faults.ts';

/** Both servers at the speed of a good machine; prints one JSON line `{ollama, anthropic, key}` and runs until it is told to end. */
const ollama = await startOllama({
  models: [
    { name: 'codellama:13b', tokensPerSecond: 40, loadMs: 2500 },
    { name: 'llama3.2:3b', tokensPerSecond: 90, loadMs: 800 },
    { name: 'qwen2.5-coder:7b', tokensPerSecond: 60, loadMs: 1500 },
  ],
  registry: [
    { name: 'qwen2.5-coder:3b', tokensPerSecond: 90, loadMs: 800 },
    { name: 'llama3.1:8b', tokensPerSecond: 55, loadMs: 1600 },
    { name: 'smollm2:135m', tokensPerSecond: 150, loadMs: 300 },
  ],
  defaults: { promptTokensPerSecond: 3000 },
  memoryBytes: 16 * 2 ** 30,
  pullReportMs: 150,
});
const anthropic = await startAnthropic({ anyKey: true, tokensPerSecond: 80, firstTokenMs: 400 });
console.log(JSON.stringify({ ollama: ollama.url, anthropic: anthropic.url, key: anthropic.key }));

const end = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => end.abort());
process.once('disconnect', () => end.abort());
await gone(end.signal);
await Promise.all([ollama.close(), anthropic.close()]);
