import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { maiaHome } from '../../src/platform/node/maiaHome.ts';
import { resolveOllamaHost } from '../../src/providers/ollamaHost.ts';
import { start } from '../processes.ts';

const root = join(import.meta.dirname, '..', '..');

/** What Maia will work with: the variables that it is started with, and one sentence that says so. */
export interface Outside {
  readonly env: Readonly<Record<string, string>>;
  readonly said: string;
}

/** Ollama's version at an address, or undefined when nothing that is Ollama answers within a second. */
async function ollamaAt(host: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${host}/api/version`, {
      signal: AbortSignal.timeout(1_000),
      redirect: 'error',
    });
    const { version } = (await response.json()) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Looks for Ollama and Claude's key; where there is no Ollama, starts the practice servers. */
export async function findOutside(env: NodeJS.ProcessEnv): Promise<Outside> {
  const host = resolveOllamaHost(undefined, env.OLLAMA_HOST);
  const version = await ollamaAt(host);
  if (!version) return practice(host);
  const key = env.ANTHROPIC_API_KEY
    ? 'a key for Claude in ANTHROPIC_API_KEY, which Maia asks about before it uses it'
    : 'no key for Claude, so Maia stays on this machine until you set one';
  return { env: {}, said: `Found Ollama ${version} at ${host} and ${key}.` };
}

async function practice(host: string): Promise<Outside> {
  const child = start(process.execPath, [join(root, 'test', 'servers', 'practice.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('The practice servers have no output.');
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line') as Promise<[string]>,
    once(child, 'exit').then(() => {
      throw new Error('The practice servers did not start.');
    }),
  ]);
  const { ollama, anthropic } = JSON.parse(line) as { ollama: string; anthropic: string };
  return {
    env: {
      MAIA_PRACTICE: '1',
      MAIA_PRACTICE_CLAUDE_URL: anthropic,
      OLLAMA_HOST: ollama,
      MAIA_HOME: `${maiaHome()}-practice`,
    },
    said: `No Ollama answers at ${host}: practice servers play Ollama and Claude, and nothing is sent or paid.`,
  };
}
