import assert from 'node:assert/strict';
import { it } from 'node:test';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { startAnthropic } from '../../servers/anthropic.ts';
import { startTlsProxy } from '../../servers/tlsProxy.ts';

async function through(trusting: boolean, credentials?: string) {
  const anthropic = await startAnthropic();
  const proxy = await startTlsProxy({ hosts: { 'api.anthropic.com': anthropic.url }, credentials });
  const agent = new EnvHttpProxyAgent({
    httpsProxy: proxy.url,
    requestTls: trusting ? { ca: proxy.caPem } : {},
  });
  try {
    const answer = await fetch('https://api.anthropic.com/v1/models', {
      dispatcher: agent,
      headers: { authorization: `Bearer ${anthropic.key}`, 'anthropic-version': '2026-10-21' },
    }).then(
      async (got) => ({ status: got.status, body: await got.text() }),
      (error: Error & { cause?: { code?: string; message?: string } }) => ({ error: error.cause }),
    );
    return { answer, tunnels: proxy.tunnels, requests: anthropic.requests };
  } finally {
    await agent.destroy();
    await proxy.close();
    await anthropic.close();
  }
}

it('a client that trusts the proxy’s authority is served, and what it sent is readable', async () => {
  const { answer, tunnels, requests } = await through(true);
  assert.ok('status' in answer && answer.status === 200);
  assert.equal(tunnels[0]?.target, 'api.anthropic.com:443');
  assert.match(Buffer.concat(tunnels[0]?.sent ?? []).toString('utf8'), /^GET \/v1\/models HTTP\/1\.1/);
  assert.equal(requests.length, 1);
});

it('a client that does not trust it breaks off before a byte of its request is sent', async () => {
  const { answer, tunnels, requests } = await through(false);
  assert.ok('error' in answer);
  assert.equal(answer.error?.code, 'SELF_SIGNED_CERT_IN_CHAIN');
  assert.equal(tunnels[0]?.trusted, false);
  assert.equal(requests.length, 0);
});

it('a proxy that wants credentials lets nobody through without them', async () => {
  const { answer, requests } = await through(true, 'ann:secret');
  assert.ok('error' in answer);
  assert.equal(requests.length, 0);
});
