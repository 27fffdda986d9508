import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { text as wholeText } from 'node:stream/consumers';
import { type OllamaServer, startOllama } from '../../servers/ollama.ts';

export interface SoakProxy {
  /** From now on questions are answered with this; undefined: by the real model. */
  feed(answer: string | undefined): void;
  /** Questions that the real model was asked. */
  readonly asked: number;
  close(): Promise<void>;
}

/** Tokens that the real model may write: what it says after them is no better. */
const mostTokens = 200;

/**
 * Stands where Maia looks for Ollama and hands everything on to the real one, byte for byte; where an answer is fed,
 * the wire-true server gives it instead.
 */
export async function startSoakProxy(port: number, real: string, model: string): Promise<SoakProxy> {
  let fed: string | undefined;
  let asked = 0;
  const played: OllamaServer = await startOllama({ models: [model], says: () => fed });
  const server = createServer((incoming, outgoing) => void relay(incoming, outgoing));

  async function relay(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await wholeText(incoming);
    const isQuestion = incoming.url === '/api/chat';
    const to = new URL(incoming.url ?? '/', isQuestion && fed !== undefined ? played.url : real);
    if (isQuestion && fed === undefined) asked += 1;
    const sent = isQuestion ? shortened(body) : body;
    const headers = { ...incoming.headers, host: to.host, 'content-length': String(Buffer.byteLength(sent)) };
    const onward = request(to, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    // Who goes away has to be seen by the real one too: it stops writing then.
    outgoing.on('close', () => onward.destroy());
    onward.end(sent);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    feed(answer) {
      fed = answer;
    },
    get asked() {
      return asked;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await played.close();
    },
  };
}

function shortened(body: string): string {
  const asked = JSON.parse(body) as { options?: { num_predict?: number } };
  const most = Math.min(asked.options?.num_predict ?? mostTokens, mostTokens);
  return JSON.stringify({ ...asked, options: { ...asked.options, num_predict: most } });
}
