import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type AnthropicServer, startAnthropic } from '../../servers/anthropic.ts';
import { type OllamaServer, startOllama } from '../../servers/ollama.ts';
import { startTlsProxy, type TlsProxy } from '../../servers/tlsProxy.ts';

const program = fileURLToPath(new URL('askThroughProxy.ts', import.meta.url));
const cloud = 'https://api.anthropic.com';

interface Behind {
  readonly anthropic: AnthropicServer;
  readonly ollama: OllamaServer;
  readonly proxy: TlsProxy;
  /** Runs the program with this environment and says what came of it. */
  run(baseUrl: string, environment: Record<string, string>): Promise<{ claude: string; ollama: string }>;
}

function behindProxy(
  name: string,
  credentials: string | undefined,
  run: (at: Behind) => Promise<void>,
): void {
  test(name, async () => {
    const anthropic = await startAnthropic({ anyKey: true });
    const ollama = await startOllama();
    const hosts = { 'api.anthropic.com': anthropic.url };
    const proxy = await startTlsProxy({ hosts, ...(credentials ? { credentials } : {}) });
    try {
      await run({
        anthropic,
        ollama,
        proxy,
        async run(baseUrl, environment) {
          const { PATH, HOME } = process.env;
          const env = { PATH, HOME, ...environment };
          const { stdout } = await promisify(execFile)(process.execPath, [program, baseUrl, ollama.url], {
            env,
          });
          return JSON.parse(stdout) as { claude: string; ollama: string };
        },
      });
    } finally {
      await proxy.close();
      await ollama.close();
      await anthropic.close();
    }
  });
}

behindProxy(
  'The cloud is asked through HTTPS_PROXY, whose certificate NODE_EXTRA_CA_CERTS vouches for',
  undefined,
  async (at) => {
    const came = await at.run(cloud, {
      HTTPS_PROXY: at.proxy.url,
      HTTP_PROXY: at.proxy.url,
      NODE_EXTRA_CA_CERTS: at.proxy.caFile,
    });
    assert.deepEqual(came, { claude: 'end', ollama: 'answers' });
    assert.deepEqual(
      at.proxy.tunnels.map(({ target }) => target),
      ['api.anthropic.com:443'],
    );
    assert.ok(at.anthropic.arrivals.holds('What goes through a proxy?'));
  },
);

behindProxy('A proxy that nothing vouches for gets no byte of the request', undefined, async (at) => {
  const came = await at.run(cloud, { HTTPS_PROXY: at.proxy.url });
  assert.deepEqual(came, { claude: 'claudeUnreachable again', ollama: 'answers' });
  assert.equal(at.proxy.tunnels[0]?.trusted, false);
  assert.equal(at.anthropic.requests.length, 0);
});

behindProxy('A host in NO_PROXY is not asked through it', undefined, async (at) => {
  const came = await at.run('https://api.anthropic.invalid', {
    HTTPS_PROXY: at.proxy.url,
    NO_PROXY: 'anthropic.invalid',
    NODE_EXTRA_CA_CERTS: at.proxy.caFile,
  });
  assert.equal(came.claude, 'claudeUnreachable again');
  assert.equal(at.proxy.tunnels.length, 0);
});

behindProxy('Loopback is never asked through a proxy', undefined, async (at) => {
  const came = await at.run(at.anthropic.url, { HTTPS_PROXY: at.proxy.url, HTTP_PROXY: at.proxy.url });
  assert.deepEqual(came, { claude: 'end', ollama: 'answers' });
  assert.equal(at.proxy.tunnels.length, 0);
});

behindProxy(
  'A proxy that wants a password gets the one of its address, and refuses without',
  'me:word',
  async (at) => {
    const trusting = { NODE_EXTRA_CA_CERTS: at.proxy.caFile };
    const refused = await at.run(cloud, { ...trusting, HTTPS_PROXY: at.proxy.url });
    assert.equal(refused.claude, 'claudeUnreachable again');
    assert.equal(at.anthropic.requests.length, 0);
    const withPassword = at.proxy.url.replace('http://', 'http://me:word@');
    const came = await at.run(cloud, { ...trusting, HTTPS_PROXY: withPassword });
    assert.equal(came.claude, 'end');
  },
);
