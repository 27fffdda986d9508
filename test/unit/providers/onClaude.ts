import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { issue } from '../../../src/privacy/permit.ts';
import { type ClaudeProvider, createClaudeProvider } from '../../../src/providers/claude.ts';
import { closeDirectFetch } from '../../../src/providers/directFetch.ts';
import type { Call, ProviderEvent } from '../../../src/providers/provider.ts';
import type { Model } from '../../../src/vocabulary/model.ts';
import { type AnthropicServer, startAnthropic } from '../../servers/anthropic.ts';
import { callOf, type Heard, hear, never } from './asking.ts';

after(closeDirectFetch);

export const tiers = { haiku: 'claude-haiku-5-5', sonnet: 'claude-sonnet-5-5', opus: 'claude-opus-5-5' };

export interface Playing {
  readonly server: AnthropicServer;
  readonly claude: ClaudeProvider;
  readonly sonnet: Model;
  key: string | undefined;
  ask(
    changes?: Partial<Call>,
    signal?: AbortSignal,
    onEvent?: (event: ProviderEvent) => void,
    model?: Model,
  ): Promise<Heard>;
  calls(): number;
}

export function onServer(name: string, run: (at: Playing) => Promise<void>): void {
  test(name, async () => {
    const server = await startAnthropic({ key: 'the-right-key' });
    const claude = createClaudeProvider({
      apiKey: async () => at.key,
      baseUrl: () => server.url,
      tiers: () => tiers,
    });
    const [, sonnet] = claude.known();
    assert.ok(sonnet);
    const at: Playing = {
      server,
      claude,
      sonnet,
      key: 'the-right-key',
      ask(changes = {}, signal = never, onEvent = () => {}, model = sonnet) {
        const composed = claude.compose(callOf(model, 'Explain what a queue is.', changes));
        return hear(claude.stream(issue('cloud', composed), signal), onEvent);
      },
      calls: () => server.arrivals.to('/v1/messages').length,
    };
    try {
      await run(at);
    } finally {
      await server.close();
    }
  });
}

export const endOf = ({ events }: Heard) => {
  const end = events.at(-1);
  return end?.type === 'end' ? end.end : undefined;
};
