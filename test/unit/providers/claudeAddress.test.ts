import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issue } from '../../../src/privacy/permit.ts';
import { createClaudeProvider } from '../../../src/providers/claude.ts';
import { startAnthropic } from '../../servers/anthropic.ts';
import { callOf, hear, never } from './asking.ts';
import { tiers } from './onClaude.ts';

test('An address that is changed while a call is on its way gets neither the call nor the key', async () => {
  const permitted = await startAnthropic({ anyKey: true });
  const other = await startAnthropic({ anyKey: true });
  try {
    let baseUrl = permitted.url;
    const claude = createClaudeProvider({
      apiKey: async () => {
        baseUrl = other.url;
        return 'a-key';
      },
      baseUrl: () => baseUrl,
      tiers: () => tiers,
    });
    const [, sonnet] = claude.known();
    assert.ok(sonnet);
    const permit = issue('cloud', claude.compose(callOf(sonnet, 'Explain what a queue is.')));
    const { error, text } = await hear(claude.stream(permit, never));
    assert.equal(error, undefined);
    assert.notEqual(text, '');
    assert.equal(permitted.arrivals.to('/v1/messages').length, 1);
    assert.equal(other.requests.length, 0);
  } finally {
    await permitted.close();
    await other.close();
  }
});
