import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Permit } from '../../../src/privacy/permit.ts';
import { createPrivacy, type PrivacyOptions } from '../../../src/privacy/privacy.ts';
import type { Protection } from '../../../src/privacy/protection.ts';
import type { Boundary, Model } from '../../../src/vocabulary/model.ts';
import type { Policy } from '../../../src/vocabulary/policy.ts';
import { settings } from '../../../src/vocabulary/settings.ts';

const workerUrl = new URL('../../../src/privacy/worker.ts', import.meta.url);
const patient = { timeoutMs: 30_000, startMs: 30_000 };
const signal = new AbortController().signal;
const githubToken = `ghp_${'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYz1Z2'}`;
const open: Protection = { protected: false, reasons: [] };

function policy(change: Partial<Policy['privacy']> = {}): Policy {
  return {
    mode: 'auto',
    dial: 'balanced',
    tasks: {},
    models: { allow: [], deny: [], allowOrigins: [], denyOrigins: [] },
    patience: { streamedMs: 15_000, heldMs: 60_000 },
    budget: {},
    offline: false,
    claude: {
      baseUrl: 'https://api.anthropic.com',
      models: { haiku: 'h', sonnet: 's', opus: 'o' },
      cheapTier: false,
    },
    ollama: { host: 'http://127.0.0.1:11434' },
    privacy: {
      protectedPaths: settings['maia.privacy.protectedPaths'].default,
      trustedHosts: [],
      ...change,
    },
    verify: { runTests: false },
    baseline: 's',
    prices: {},
    footer: 'full',
  };
}

function model(boundary: Boundary): Model {
  return {
    id: { provider: boundary === 'cloud' ? 'claude' : 'ollama', name: 'm' },
    boundary,
    route: boundary === 'cloud' ? 'claude' : 'local',
    capabilities: { chat: true, tools: false, images: false, thinking: false },
    contextTokens: 1000,
  };
}

function privacyFor(t: { after(fn: () => Promise<void>): void }, options: Partial<PrivacyOptions> = {}) {
  const privacy = createPrivacy({ workerUrl, ...patient, ...options });
  t.after(() => privacy.dispose());
  return privacy;
}

const carrying = (texts: string[], paths: string[] = [], marked?: 'protected' | 'secret') => ({
  texts,
  paths,
  marked,
});

describe('what a request carries', () => {
  test('is open where nothing is secret', async (t) => {
    const found = await privacyFor(t).examine(
      carrying(
        ['const password = "example";', 'postgres://user:password@localhost:5432/app'],
        ['/src/app.ts'],
      ),
      policy(),
      signal,
    );
    assert.deepEqual(found, { protected: false, reasons: [] });
  });

  test('is protected by a secret in any of its texts, and the reason names the kind, not the secret', async (t) => {
    const found = await privacyFor(t).examine(
      carrying(['hello', `token = ${githubToken}`]),
      policy(),
      signal,
    );
    assert.equal(found.protected, true);
    assert.deepEqual(found.reasons, [
      { code: 'protectedSecret', params: { kind: 'github', boundary: 'cloud' } },
    ]);
    assert.doesNotMatch(JSON.stringify(found), /ghp_/);
  });

  test('is protected by a path, and the reason names the pattern, not the path', async (t) => {
    const found = await privacyFor(t).examine(carrying(['x'], ['/home/ann/bank/.env']), policy(), signal);
    assert.deepEqual(found.reasons, [
      { code: 'protectedPath', params: { path: '**/.env*', boundary: 'cloud' } },
    ]);
    assert.doesNotMatch(JSON.stringify(found), /bank/);
  });

  test('stays protected once its conversation is marked', async (t) => {
    const found = await privacyFor(t).examine(carrying(['hello'], [], 'protected'), policy(), signal);
    assert.deepEqual(found, {
      protected: true,
      reasons: [{ code: 'protectedMark', params: { boundary: 'cloud' } }],
    });
  });

  test('is not freed by a comment that switches the scanner off', async (t) => {
    const found = await privacyFor(t).examine(
      carrying([`// secretlint-disable\n${githubToken}\n/* secretlint-disable-line */`]),
      policy(),
      signal,
    );
    assert.equal(found.protected, true);
  });

  test('is protected through a link whose name looks harmless', async (t) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'privacy-')));
    after(() => rm(folder, { recursive: true, force: true }));
    await mkdir(join(folder, 'secrets'));
    await writeFile(join(folder, 'secrets', 'a.ts'), '');
    await symlink(join(folder, 'secrets', 'a.ts'), join(folder, 'plain.ts'));
    await symlink(join(folder, 'secrets'), join(folder, 'shared'));
    const privacy = privacyFor(t);
    for (const path of [join(folder, 'plain.ts'), join(folder, 'shared', 'not-there-yet.ts')]) {
      const found = await privacy.examine(carrying(['x'], [path]), policy(), signal);
      assert.equal(found.protected, true, path);
    }
  });

  test('says a meaningless pattern once and keeps the others', async (t) => {
    const warned: string[] = [];
    const privacy = privacyFor(t, { log: { warn: (line) => void warned.push(line) } });
    const mixed = policy({ protectedPaths: ['', '!**/*', '**/mine/**'] });
    for (let round = 0; round < 2; round++) {
      const found = await privacy.examine(carrying(['x'], ['/a/mine/b.ts']), mixed, signal);
      assert.equal(found.protected, true);
    }
    assert.equal(warned.length, 2);
  });
});

describe('the bytes of an attempt', () => {
  test('offer no choice about their secrets where lines of a protected file stand beside them', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'privacy-'));
    after(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, '.env'), 'PHRASE=the vault opens at nine sharp\n');
    const privacy = privacyFor(t, { folders: () => [folder], linesMs: 30_000 });
    const asked = async (body: string) =>
      privacy.permit(
        {
          requestId: 'r',
          composed: { model: model('cloud'), host: 'api.anthropic.com', body },
          protection: open,
          at: 0,
        },
        policy(),
        signal,
      );
    const alone = await asked(`token ${githubToken}`);
    assert.equal(!alone.ok && alone.secrets?.length, 1);
    const both = await asked(`token ${githubToken}\nPHRASE=the vault opens at nine sharp\n`);
    assert.equal(!both.ok && both.reason.code, 'protectedLines');
    assert.equal(!both.ok && both.secrets, undefined);
  });
});

describe('a scan that does not work', () => {
  const timedOut = { protected: true, reasons: [{ code: 'scanTimeout', params: { boundary: 'cloud' } }] };

  test('protects when it runs out of time, and the next one works again', async (t) => {
    const slow = new URL(
      `data:text/javascript,${encodeURIComponent(
        `import { parentPort } from 'node:worker_threads';
         parentPort.on('message', ({ id, job }) => {
           if (job.texts.includes('hang')) for (;;);
           parentPort.postMessage({ type: 'found', id, found: { secrets: [], patterns: [], badGlobs: [] } });
         });
         parentPort.postMessage({ type: 'ready' });`,
      )}`,
    );
    const warned: string[] = [];
    const log = { warn: (line: string) => void warned.push(line) };
    const privacy = privacyFor(t, { workerUrl: slow, timeoutMs: 300, log });
    assert.deepEqual(await privacy.examine(carrying(['hang']), policy(), signal), timedOut);
    assert.deepEqual(await privacy.examine(carrying(['fine']), policy(), signal), open);
    assert.equal(warned.length, 1);
  });

  test('protects when its worker crashes or cannot start', async (t) => {
    for (const program of ['throw new Error("no")', 'process.exit(3)', 'import "./nowhere.js"']) {
      const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
      const privacy = privacyFor(t, { workerUrl });
      assert.deepEqual(await privacy.examine(carrying(['x']), policy(), signal), timedOut, program);
    }
  });

  test('protects when there is more text than it looks at', async (t) => {
    const privacy = privacyFor(t, { limit: 100 });
    assert.deepEqual(await privacy.examine(carrying(['x'.repeat(101)]), policy(), signal), timedOut);
  });

  test('protects when the file system does not answer', async (t) => {
    const privacy = privacyFor(t, { timeoutMs: 100, realpath: () => new Promise(() => {}) });
    assert.deepEqual(await privacy.examine(carrying(['x'], ['/net/gone.ts']), policy(), signal), timedOut);
  });

  test('gives way to an abort with the reason of the signal', async (t) => {
    const privacy = privacyFor(t);
    const controller = new AbortController();
    const examined = privacy.examine(carrying(['x']), policy(), controller.signal);
    controller.abort(new Error('stop'));
    await assert.rejects(examined, /stop/);
    assert.deepEqual(await privacy.examine(carrying(['x']), policy(), signal), open);
  });

  test('protects what was waiting when it is disposed of', async () => {
    const privacy = createPrivacy({ workerUrl, ...patient });
    const examined = privacy.examine(carrying(['x']), policy(), signal);
    await privacy.dispose();
    assert.deepEqual(await examined, timedOut);
  });
});

describe('a permit', () => {
  const ask = (body: string, boundary: Boundary, host: string, protection: Protection = open) => ({
    requestId: 'r1',
    composed: { model: model(boundary), host, body },
    protection,
    at: 7,
  });
  const body = JSON.stringify({ messages: [{ role: 'user', content: 'hello' }] });

  test('is issued for bytes that hold nothing, with what left on record', async (t) => {
    const answer = await privacyFor(t).permit(ask(body, 'cloud', 'api.anthropic.com:443'), policy(), signal);
    assert.ok(answer.ok);
    assert.ok(answer.permit instanceof Permit);
    assert.equal(answer.permit.composed.body, body);
    assert.throws(() => Object.assign(answer.permit.composed, { body: 'other' }), TypeError);
    assert.deepEqual(answer.egress, {
      requestId: 'r1',
      at: 7,
      host: 'api.anthropic.com:443',
      model: 'm',
      bytes: body.length,
      allowedBecause: 'nothingProtected',
    });
  });

  test('is refused for a secret in the bytes, however JSON spells it', async (t) => {
    const privacy = privacyFor(t);
    const plain = JSON.stringify({ content: `key ${githubToken}` });
    const spelled = plain.replace('ghp_', '\\u0067hp\\u005f');
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${`${'MIIEowIBAAKCAQEA7bq8'.repeat(3)}\n`.repeat(20)}-----END RSA PRIVATE KEY-----`;
    const nested = JSON.stringify({ content: `const key = ${JSON.stringify(key)};` });
    const asKey = JSON.stringify({ [githubToken]: 1 });
    for (const secret of [plain, spelled, nested, asKey, `not json ${githubToken}`]) {
      const answer = await privacy.permit(ask(secret, 'cloud', 'api.anthropic.com'), policy(), signal);
      assert.equal(answer.ok, false, secret);
      if (!answer.ok) assert.equal(answer.reason.code, 'protectedSecret');
    }
  });

  test('is refused for what was protected before, whatever the bytes look like', async (t) => {
    const protection: Protection = {
      protected: true,
      reasons: [{ code: 'protectedPath', params: { path: '**/.env', boundary: 'cloud' } }],
    };
    const privacy = privacyFor(t);
    for (const boundary of ['cloud', 'network'] as const) {
      const answer = await privacy.permit(ask(body, boundary, 'gpu.lan:11434', protection), policy(), signal);
      assert.deepEqual(answer, {
        ok: false,
        reason: { code: 'protectedPath', params: { path: '**/.env', boundary } },
      });
    }
    const bare = await privacy.permit(
      ask(body, 'cloud', 'a', { protected: true, reasons: [] }),
      policy(),
      signal,
    );
    assert.equal(bare.ok, false);
  });

  test('opens a trusted host of the network for protected content, and never the cloud', async (t) => {
    const privacy = privacyFor(t);
    const trusting = policy({ trustedHosts: ['http://GPU.lan:11434/'] });
    const secret = JSON.stringify({ content: githubToken });
    const network = await privacy.permit(ask(secret, 'network', 'gpu.lan:11434'), trusting, signal);
    assert.ok(network.ok);
    assert.equal(network.egress.allowedBecause, 'trustedHost');
    assert.equal((await privacy.permit(ask(secret, 'network', 'gpu.lan:1'), trusting, signal)).ok, false);
    assert.equal(
      (await privacy.permit(ask(secret, 'network', 'x.gpu.lan:11434'), trusting, signal)).ok,
      false,
    );
    assert.equal((await privacy.permit(ask(secret, 'cloud', 'gpu.lan:11434'), trusting, signal)).ok, false);
  });

  test('is refused when the scan does not work', async (t) => {
    const answer = await privacyFor(t, { limit: 5 }).permit(ask(body, 'cloud', 'a'), policy(), signal);
    assert.deepEqual(answer, { ok: false, reason: { code: 'scanTimeout', params: { boundary: 'cloud' } } });
  });

  test('is not for what stays on this machine, and nobody makes one by hand', async (t) => {
    await assert.rejects(
      privacyFor(t).permit(ask(body, 'machine', '127.0.0.1:11434'), policy(), signal),
      TypeError,
    );
    assert.throws(
      () => new Permit(Symbol('issued by src/privacy'), 'cloud', { model: model('cloud'), host: '', body }),
    );
  });
});
