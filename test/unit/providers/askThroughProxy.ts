/** A program of its own, since Node reads the environment's certificates when it starts. Prints what came of two calls. */
import { issue } from '../../../src/privacy/permit.ts';
import { createClaudeProvider } from '../../../src/providers/claude.ts';
import { createEnvironmentFetch } from '../../../src/providers/environmentFetch.ts';
import { createOllamaProvider } from '../../../src/providers/ollama.ts';
import { callOf, hear, never, thrownBy, told } from './asking.ts';

const [baseUrl = '', ollamaUrl = ''] = process.argv.slice(2);
const environment = createEnvironmentFetch();
const claude = createClaudeProvider({
  apiKey: async () => 'practice-key',
  baseUrl: () => baseUrl,
  tiers: () => ({ haiku: 'claude-haiku-5-5', sonnet: 'claude-sonnet-5-5', opus: 'claude-opus-5-5' }),
  fetch: environment.fetch,
});
const ollama = createOllamaProvider({ address: () => ollamaUrl, fetch: environment.fetch });

const [haiku] = claude.known();
if (!haiku) throw new Error('no model');
const heard = await hear(
  claude.stream(issue('cloud', claude.compose(callOf(haiku, 'What goes through a proxy?'))), never),
);
const local = await thrownBy(ollama.version(never));
const end = heard.events.at(-1)?.type;
process.stdout.write(
  JSON.stringify({
    claude: heard.error === undefined ? end : told(heard.error),
    ollama: local === undefined ? 'answers' : told(local),
  }),
);
await environment.close();
