import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, start } from '../../scripts/processes.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { directFetch } from '../../src/providers/directFetch.ts';
import type { Request } from '../../src/vocabulary/request.ts';
import { requestFor, rigUp, run } from '../unit/engine/rig.ts';
import { type Figure, type Measure, median, quantile } from './measure.ts';
import type { FromOutside } from './outside.ts';

type Route = 'local' | 'claude';
type Arrived = Extract<FromOutside, { type: 'arrived' }>;

const requests = Number(process.env.MAIA_BENCH_REQUESTS ?? 300);
const warmUp = 40;
/** Between two requests, so that what follows the one (records, a look at Ollama) is over before the other, ms. */
const pause = 15;

const now = (): number => Number(process.hrtime.bigint()) / 1e6;

const code = `export function joinWords(words: string[], separator: string): string {
  return words.filter(Boolean).join(separator);
}
`.repeat(12);

/** A question about a selection of 1.5 KB, as from chat. */
function question(route: Route): Request {
  return requestFor('Explain what this code does and where it could go wrong.', {
    task: 'explain',
    word: { route, said: 'command' },
    conversation: `a conversation with ${route}`,
    target: {
      uri: 'file:///project/src/joinWords.ts',
      path: '/project/src/joinWords.ts',
      languageId: 'typescript',
      text: code,
      partial: false,
      selection: { start: 0, end: code.length },
      indent: { size: 2, tabs: false },
    },
  });
}

/**
 * From the call of `engine.run` until the body's last byte is at a server on loopback, less what a bare fetch of the
 * same bytes to the same place takes: warm, one request after the other, each beside its own fetch.
 */
export const addedTime: Measure = async () => {
  const outside = start(process.execPath, [join(import.meta.dirname, 'outside.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  try {
    const [ready] = (await once(outside, 'message')) as [FromOutside];
    if (ready.type !== 'ready') throw new Error('The servers did not start.');
    const { ollama, claude, key } = ready;
    const arrival = async () => {
      const [message] = (await once(outside, 'message')) as [Arrived];
      return message;
    };
    const rig = await rigUp({ ollama, claude, key });
    try {
      await rig.engine.checkHealth(AbortSignal.timeout(10_000));
      return [
        ...(await figuresOf('local', `${ollama}/api/chat`, rig.engine, arrival)),
        ...(await figuresOf('claude', `${claude}/v1/messages`, rig.engine, arrival)),
      ];
    } finally {
      await rig.close();
    }
  } finally {
    await end(outside);
  }
};

async function figuresOf(
  route: Route,
  url: string,
  engine: Engine,
  arrival: () => Promise<Arrived>,
): Promise<readonly Figure[]> {
  const added: number[] = [];
  for (let nth = 0; nth < warmUp + requests; nth += 1) {
    const arriving = arrival();
    const asked = now();
    const running = run(engine, question(route));
    const arrived = await arriving;
    const { outcome } = await running;
    if (outcome.end !== 'answered') throw new Error(`It ended with ${JSON.stringify(outcome.failure)}.`);
    await sleep(pause);
    const bare = await bareFetch(url, arrived, arrival);
    await sleep(pause);
    if (nth >= warmUp) added.push(arrived.at - asked - bare);
  }
  const name = `Added before the first byte leaves, ${route === 'local' ? 'Ollama' : 'Claude'}`;
  const note = `${requests} warm requests; fastest tenth within ${quantile(added, 0.1).toFixed(1)} ms`;
  return [
    { name: `${name}, median`, value: median(added), unit: 'ms', aim: 5, note },
    { name: `${name}, p99`, value: quantile(added, 0.99), unit: 'ms', aim: 5, note },
  ];
}

/** How long the same bytes take to the same place by themselves, ms. */
async function bareFetch(url: string, of: Arrived, arrival: () => Promise<Arrived>): Promise<number> {
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = of.headers;
  const arriving = arrival();
  const asked = now();
  const answer = await directFetch(url, { method: 'POST', body: of.body, headers });
  const arrived = await arriving;
  await answer.arrayBuffer();
  if (arrived.body !== of.body) throw new Error('Another request came between.');
  return arrived.at - asked;
}
