import { type AnthropicOptions, type AnthropicServer, startAnthropic } from '../servers/anthropic.ts';
import { type OllamaOptions, type OllamaServer, startOllama } from '../servers/ollama.ts';

function portFrom(name: string): number {
  const port = Number(process.env[name]);
  if (!port) throw new Error(`${name} is not set: this suite is run by \`npm run host\`.`);
  return port;
}

/** Ollama where Maia looks for it (`OLLAMA_HOST` of this host). Close it in the same file that starts it. */
export function startOllamaHere(options: Omit<OllamaOptions, 'port'> = {}): Promise<OllamaServer> {
  return startOllama({ ...options, port: portFrom('MAIA_TEST_OLLAMA_PORT') });
}

/** Claude where Maia looks for it (`maia.claude.baseUrl` of this profile). Close it in the same file that starts it. */
export function startClaudeHere(options: Omit<AnthropicOptions, 'port'> = {}): Promise<AnthropicServer> {
  return startAnthropic({ ...options, port: portFrom('MAIA_TEST_CLAUDE_PORT') });
}
