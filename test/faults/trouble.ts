import { type AnthropicServer, anthropicFaults } from '../servers/anthropic.ts';
import { type OllamaServer, ollamaFaults } from '../servers/ollama.ts';
import type { Fault } from '../servers/wire/faults.ts';
import type { Mishap } from './inProcessWorker.ts';
import type { Random } from './random.ts';

const tokensIn = (random: Random): number => (random.chance(0.4) ? random.int(0, 3) : random.int(0, 80));

function ollamaFault(random: Random): Fault {
  const after = tokensIn(random);
  return random.pick<Fault>([
    ollamaFaults.queueFull(),
    ollamaFaults.loadFails('CUDA error: out of memory'),
    ollamaFaults.loadFails(),
    ollamaFaults.engineCrash(after),
    ollamaFaults.notOllama(),
    ollamaFaults.redirect('http://elsewhere.example:11434/api/chat'),
    { how: 'status', status: 404, body: { error: "model 'x' not found" } },
    { how: 'status', status: 400, body: { error: 'registry.ollama.ai/library/x does not support tools' } },
    { how: 'status', status: 500, body: { error: 'invalid format: ""; expected "json"' } },
    { how: 'status', status: 502, body: 'Bad Gateway' },
    { how: 'status', status: 429, body: { error: 'rate limited' }, headers: { 'Retry-After': '3' } },
    { how: 'reset', afterTokens: after },
    { how: 'end', afterTokens: after },
    { how: 'truncate', afterTokens: after },
    { how: 'error', afterTokens: after, message: 'llama runner process no longer running: -1' },
    { how: 'garbage', afterTokens: after, bytes: '{"model":"x","mess\n' },
    { how: 'garbage', afterTokens: after, bytes: '\n\n  \n' },
    { how: 'garbage', afterTokens: after, bytes: '<html>proxy</html>\n' },
    { how: 'garbage', afterTokens: after, bytes: '{"unknown":true}\n' },
    { how: 'stop', afterTokens: after, reason: 'length' },
  ]);
}

function claudeFault(random: Random): Fault {
  const after = tokensIn(random);
  return random.pick<Fault>([
    anthropicFaults.badKey(),
    anthropicFaults.outOfCredit(),
    anthropicFaults.forbidden(),
    anthropicFaults.modelNotAvailable('claude-sonnet-5-5'),
    anthropicFaults.tooLarge(),
    anthropicFaults.rateLimited(),
    anthropicFaults.rateLimited(random.int(1, 120)),
    anthropicFaults.spendLimit(),
    anthropicFaults.serverError(),
    anthropicFaults.overloaded(),
    anthropicFaults.overloadedInStream(after),
    anthropicFaults.refusal(after),
    { how: 'status', status: 504, body: 'upstream timed out' },
    { how: 'status', status: 503, body: '' },
    {
      how: 'status',
      status: 400,
      body: { type: 'error', error: { type: 'invalid_request_error', message: 'no' } },
    },
    { how: 'stop', afterTokens: after, reason: 'max_tokens' },
    { how: 'stop', afterTokens: after, reason: 'pause_turn' },
    { how: 'stop', afterTokens: after, reason: 'model_context_window_exceeded' },
    { how: 'reset', afterTokens: after },
    { how: 'end', afterTokens: after },
    { how: 'truncate', afterTokens: after },
    { how: 'error', afterTokens: after, message: 'Internal server error' },
    { how: 'garbage', afterTokens: after, bytes: ': a comment\n\n' },
    { how: 'garbage', afterTokens: after, bytes: 'event: new_event\ndata: {"type":"new_event"}\n\n' },
    { how: 'garbage', afterTokens: after, bytes: 'data: {"type":"content_block_delta",\n\n' },
    { how: 'garbage', afterTokens: after, bytes: 'event: content_block_delta\ndata: {broken\n\n' },
  ]);
}

/** Arms a fault of one server for its next call; gives how often it can strike. */
export function armTrouble(
  servers: { readonly ollama: OllamaServer; readonly claude: AnthropicServer },
  random: Random,
): number {
  const times = random.chance(0.7) ? 1 : random.int(2, 6);
  if (random.chance(0.5)) servers.ollama.fail(ollamaFault(random), { times });
  else servers.claude.fail(claudeFault(random), { times });
  return times;
}

/** What happens to messages of a thread. */
export function threadMishaps(random: Random, trouble: number): () => Mishap {
  return () => {
    if (!random.chance(trouble)) return 'none';
    return random.weighted({ hang: 1, crash: 1, late: 2 }) === 'late'
      ? { lateMs: random.int(1, 2_000) }
      : random.pick(['hang', 'crash'] as const);
  };
}
