import { once } from 'node:events';
import type { Request } from '../../../src/vocabulary/request.ts';
import { requestFor, rigUp } from './rig.ts';

/** What a process that holds an engine says: that it has closed it, and what still keeps it alive. */
export interface Disposed {
  readonly tookMs: number;
  readonly ends: readonly (string | undefined)[];
  readonly resources: readonly string[];
}

/** Asks three questions that the servers hold, closes the engine when told to, and has nothing else to do. */
const [ollama = '', claude = '', key = '', home = ''] = process.argv.slice(2);
const rig = await rigUp({ ollama, claude, key, home });
const source = 'export function addVat(net: number, rate: number): number {\n  return net * (1 + rate);\n}\n';
const target = {
  uri: 'file:///project/vat.ts',
  path: '/project/vat.ts',
  languageId: 'typescript',
  text: source,
  partial: false,
  selection: { start: 20, end: 20 },
  indent: { size: 2, tabs: false },
} as const;
const questions: readonly Partial<Request>[] = [
  { id: 'streaming', task: 'explain', target, word: { route: 'local', said: 'command' } },
  { id: 'held', task: 'document', target, surface: 'command' },
  { id: 'cloud', task: 'explain', target, word: { route: 'claude', said: 'command' } },
];
const ends = questions.map(async (question) => {
  for await (const event of rig.engine.run(requestFor('go on', question), new AbortController().signal))
    if (event.type === 'finished') return event.outcome.end;
});

await once(process, 'message');
// In the middle of it all: a file that is being parsed, and a row that is being written.
const late = rig.engine
  .decide(
    requestFor('', {
      task: 'tests',
      surface: 'command',
      target: { ...target, text: source.repeat(4_000) },
    }),
    new AbortController().signal,
  )
  .catch(() => undefined);
const row = rig.engine.feedback('streaming', 'good').catch(() => undefined);
const began = performance.now();
await rig.engine.dispose();
const tookMs = performance.now() - began;
await Promise.allSettled([...ends, late, row]);
const disposed: Disposed = {
  tookMs,
  ends: await Promise.all(ends),
  resources: process.getActiveResourcesInfo(),
};
process.send?.(disposed, () => process.disconnect());
