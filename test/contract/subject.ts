import { startOllama } from '../servers/ollama.ts';
import { gone } from '../servers/wire/faults.ts';

/** Makes a server misbehave; only there where the test may do so. */
export interface Mischief {
  /** Loads that begin from now on take long, or as long as before. */
  slowLoads(slow: boolean): Promise<void>;
  /** Loads that begin from now on fail with the engine's last word, or no more. */
  failLoads(lastWord: string | undefined): Promise<void>;
  /** The engine processes of all models die. */
  endEngines(): Promise<void>;
  /** The server dies without a word. */
  endServer(): Promise<void>;
  /** It is there again, on the same port. */
  restart(): Promise<void>;
  /** Makes a model that was never taught to chat, or goes like one: text goes in as it is. Gives its name. */
  makeBase(): Promise<string>;
}

/** An Ollama that the contract is tried on. */
export interface Subject {
  readonly url: string;
  /** Answers text and cannot call tools. */
  readonly textModel: string;
  readonly toolModel: string;
  readonly mischief?: Mischief;
  /** Resolves when the chat request that comes next reads its prompt: known on the practice server, guessed elsewhere. */
  reading(): Promise<void>;
  /** Milliseconds from `since` (`performance.now()`) until the newest chat connection was gone; undefined where nobody can tell. */
  closedAfter(since: number): Promise<number | undefined>;
  close(): Promise<void>;
}

/** A template that only hands the text on. */
export const bareTemplate = '{{ .Prompt }}';

/** The practice server, slow enough that its stages can be told apart. */
export async function practiceSubject(): Promise<Subject> {
  const server = await startOllama({
    models: [
      { name: 'smollm2:135m', parameterSize: '134.52M', promptTokensPerSecond: 20_000, tokensPerSecond: 500 },
      { name: 'smollm2-tools:135m', parameterSize: '134.52M', tokensPerSecond: 500 },
    ],
  });
  const newest = () => server.arrivals.to('/api/chat').at(-1);
  return {
    get url() {
      return server.url;
    },
    textModel: 'smollm2:135m',
    toolModel: 'smollm2-tools:135m',
    mischief: {
      slowLoads: async (slow) => server.slowLoads(slow ? 60_000 : undefined),
      failLoads: async (lastWord) => server.failLoads(lastWord),
      endEngines: async () => server.crashEngine(),
      endServer: () => server.crash(),
      restart: () => server.restart(),
      makeBase: async () => {
        const name = 'maia-base:1b';
        server.install({ name, template: bareTemplate, quality: 'endless' });
        return name;
      },
    },
    reading: () => server.hold('prompt').reached.then(() => {}),
    closedAfter: async (since) => {
      const arrival = newest();
      if (!arrival) return undefined;
      await server.arrivals.ended(arrival);
      return arrival.closedAt === undefined ? undefined : arrival.closedAt - since;
    },
    close: () => server.close(),
  };
}

/** A running Ollama that is left as it was: its smallest model of each kind, and no mischief. */
export async function visitedSubject(url: string): Promise<Subject> {
  const answer = await fetch(`${url}/api/tags`);
  const { models } = (await answer.json()) as {
    models: { name: string; size: number; capabilities?: string[]; remote_model?: string }[];
  };
  const local = models.filter((model) => !model.remote_model).toSorted((a, b) => a.size - b.size);
  const chat = local.filter(
    ({ capabilities }) => capabilities?.includes('completion') && !capabilities.includes('thinking'),
  );
  const textModel = chat.find((model) => !model.capabilities?.includes('tools'))?.name;
  const toolModel = chat.find((model) => model.capabilities?.includes('tools'))?.name;
  if (!textModel || !toolModel)
    throw new Error(`${url} needs a model that calls tools and one that does not`);
  return {
    url,
    textModel,
    toolModel,
    reading: () => gone(AbortSignal.timeout(400)),
    closedAfter: async () => undefined,
    close: async () => {},
  };
}
