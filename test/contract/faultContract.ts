import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hear, never, told } from '../unit/providers/asking.ts';
import { asked, assertSoon } from './answerContract.ts';
import type { Mischief, Subject } from './subject.ts';

/** What the provider makes of a server in trouble. */
export function faultContract(the: () => Subject, skip: string | false): void {
  const trouble = (name: string, run: (mischief: Mischief) => Promise<void>) =>
    test(name, { skip }, async () => {
      const { mischief } = the();
      assert.ok(mischief);
      await run(mischief);
    });

  const unloaded = async () => {
    const { ollama, model } = asked(the());
    await ollama.unload(the().textModel, never);
    for (let tries = 0; (await model(the().textModel)).loaded !== undefined; tries += 1)
      assert.ok(tries < 200, 'it leaves memory');
    return model(the().textModel);
  };

  trouble(
    'a load is said to be one, is not in the list, and is given up when cancelled',
    async (mischief) => {
      const { model, stream } = asked(the());
      const cold = await unloaded();
      await mischief.slowLoads(true);
      const stop = new AbortController();
      let at = 0;
      const heard = await hear(stream(cold, 'Say hello.', {}, stop.signal), (event) => {
        if (event.type !== 'loading') return;
        at = performance.now();
        stop.abort('stopped by the test');
      });
      await mischief.slowLoads(false);
      assert.deepEqual(
        heard.events.map((event) => event.type),
        ['loading'],
      );
      assert.equal(heard.error, 'stopped by the test');
      assertSoon(await the().closedAfter(at));
      assert.equal((await model(the().textModel)).loaded, undefined);
      assert.equal((await hear(stream(cold, 'Say hello.'))).error, undefined);
    },
  );

  trouble('a load that fails blames the model and gives the engine’s last word', async (mischief) => {
    const { stream } = asked(the());
    const cold = await unloaded();
    await mischief.failLoads('error: the weights are broken\n');
    const { error } = await hear(stream(cold, 'Say hello.'));
    await mischief.failLoads(undefined);
    const { failure } = error as { failure: { code: string; params: { detail: string } } };
    assert.equal(failure.code, 'modelLoadFailed');
    assert.match(failure.params.detail, /the weights are broken/);
    assert.equal((await hear(stream(cold, 'Say hello.'))).error, undefined);
  });

  trouble(
    'an engine that dies in mid-answer is told as such, and the next request loads it again',
    async (mischief) => {
      const { model, stream } = asked(the());
      const it = await model(the().textModel);
      let ended: Promise<void> | undefined;
      const heard = await hear(stream(it, 'Tell a long story.', { maxOutputTokens: 400 }), (event) => {
        if (event.type === 'text') ended ??= mischief.endEngines();
      });
      await ended;
      assert.equal(told(heard.error), 'engineCrashed elsewhere');
      assert.ok(heard.text.length > 0);
      assert.notEqual((await model(the().textModel)).loaded, undefined, 'the list still shows it');
      assert.equal((await hear(stream(it, 'Say hello.'))).error, undefined);
    },
  );

  trouble(
    'a server that dies in mid-answer cuts it, is then unreachable, and serves again when back',
    async (mischief) => {
      const { model, stream } = asked(the());
      const it = await model(the().textModel);
      let ended: Promise<void> | undefined;
      const heard = await hear(stream(it, 'Tell a long story.', { maxOutputTokens: 400 }), (event) => {
        if (event.type === 'text') ended ??= mischief.endServer();
      });
      await ended;
      assert.equal(told(heard.error), 'cut elsewhere');
      const gone = await hear(stream(it, 'Say hello.'));
      assert.equal(told(gone.error), 'ollamaUnreachable elsewhere');
      await mischief.restart();
      assert.equal((await hear(stream(it, 'Say hello.'))).error, undefined);
    },
  );
}
