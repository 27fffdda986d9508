import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { lastingPort } from '../../../scripts/start/lastingPort.ts';

describe("The port of npm start's workbench", () => {
  let home = '';
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'maia-port-'));
  });
  after(() => rm(home, { recursive: true, force: true }));

  it('is the same at the next start, since the browser remembers by address', async () => {
    assert.equal(await lastingPort(home), await lastingPort(home));
  });

  it('is another one only while somebody listens there', async () => {
    const kept = await lastingPort(home);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(kept, '127.0.0.1', resolve));
    assert.notEqual(await lastingPort(home), kept);
    await new Promise((resolve) => other.close(resolve));
    assert.equal(await lastingPort(home), kept);
  });
});
