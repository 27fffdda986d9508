import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasOpenFence, isLoop, isRefusal, isRunaway, uselessness } from '../../../src/tasks/answerText.ts';

describe('a useless answer', () => {
  it('is one that only declines', () => {
    assert.ok(isRefusal("I'm sorry, but I can't help with that."));
    assert.ok(isRefusal('I’m sorry, but I can’t assist with that request.'));
    assert.ok(isRefusal('As an AI language model, I cannot run code.'));
    assert.ok(isRefusal('I cannot generate tests for this function.'));
  });

  it('is no answer that begins with a sorry and goes on with code', () => {
    assert.ok(!isRefusal("I'm sorry for the confusion. Here it is:\n```ts\nlet a;\n```"));
    assert.ok(!isRefusal('I can see two problems in this function.'));
    assert.ok(!isRefusal('The function says sorry when it fails.'));
  });

  it('is an empty one, thoughts apart', () => {
    assert.equal(uselessness(' \n')?.code, 'emptyAnswer');
    assert.equal(uselessness('<think>What now?</think>\n')?.code, 'emptyAnswer');
    assert.equal(uselessness('Yes.'), undefined);
  });

  it('is one that says the same over and over', () => {
    assert.ok(isLoop(`It works.\n\n${'The function is written in JavaScript, and it works. '.repeat(6)}`));
    assert.ok(isLoop(`a${'\n- checks that the value is right'.repeat(20)}`));
    assert.ok(!isLoop('First it reads. Then it writes. Then it closes the file.'));
    assert.ok(!isLoop(`A table:\n${'-'.repeat(300)}`));
  });

  it('is one that goes round in circles while it is being written', () => {
    const said = 'The function is written in JavaScript, and it works. ';
    assert.ok(isRunaway(`It works.\n\n${said.repeat(40)}`));
    assert.ok(isRunaway('file_path: '.repeat(200)));
    assert.ok(!isRunaway(said.repeat(20)), 'it may still come to an end');
    assert.ok(!isRunaway(`A table:\n${'-'.repeat(3_000)}`));
    const tests = Array.from({ length: 80 }, (_, nth) => `expect(next(${nth})).toBe(${nth + 1});`);
    assert.ok(!isRunaway(tests.join('\n')), 'lines that are alike are not the same');
  });

  it('is one that is cut in a code block', () => {
    assert.ok(hasOpenFence('Look:\n```ts\nlet a;'));
    assert.ok(!hasOpenFence('Look:\n```ts\nlet a;\n```\nDone.'));
    assert.ok(!hasOpenFence('````md\n```\n````'));
    assert.ok(!hasOpenFence('Use `a` and ``b``.'));
  });
});
