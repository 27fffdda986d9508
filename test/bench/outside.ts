import { startAnthropic } from '../servers/anthropic.ts';
import { startOllama } from '../servers/ollama.ts';
import type { Arrival } from '../servers/wire/arrivals.ts';
import { gone } from '../servers/wire/faults.ts';

/** What the process of the servers tells the one that measures. */
export type FromOutside =
  | { readonly type: 'ready'; readonly ollama: string; readonly claude: string; readonly key: string }
  | {
      readonly type: 'arrived';
      /** The last byte of the body, ms on the machine's monotonic clock, which all processes share. */
      readonly at: number;
      readonly body: string;
      readonly headers: Readonly<Record<string, string>>;
    };

const send = (message: FromOutside): void => void process.send?.(message);
/** `performance.now()` of this process on the machine's monotonic clock. */
const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Where to listen; any free port unless told. */
const [ollamaPort = 0, claudePort = 0] = process.argv.slice(2).map(Number);
const ollama = await startOllama({ models: ['llama3.2:3b', 'codellama:13b'], port: ollamaPort });
const claude = await startAnthropic({ port: claudePort });

async function tellOf(server: typeof ollama | typeof claude, path: string): Promise<void> {
  for (let nth = 1; ; nth += 1) {
    const arrival: Arrival = await server.arrivals.waitFor(path, nth);
    const headers = Object.fromEntries(
      Object.entries(arrival.headers).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
    send({ type: 'arrived', at: arrival.arrivedAt + offset, body: arrival.body.toString('utf8'), headers });
  }
}

void tellOf(ollama, '/api/chat');
void tellOf(claude, '/v1/messages');
send({ type: 'ready', ollama: ollama.url, claude: claude.url, key: claude.key });

const end = new AbortController();
process.once('disconnect', () => end.abort());
process.once('SIGTERM', () => end.abort());
await gone(end.signal);
await Promise.all([ollama.close(), claude.close()]);
process.exit();
