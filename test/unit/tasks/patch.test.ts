import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isPatch, newSide, onlyAdds, patched } from '../../../src/tasks/patch.ts';

const text = 'a\nb\nc\nd\ne\nf\n';

describe('a diff', () => {
  it('is applied where its lines stand, whatever its numbers say', () => {
    assert.equal(patched(text, '@@ -90,2 +7,9 @@\n b\n-c\n+C\n d'), 'a\nb\nC\nd\ne\nf\n');
    assert.equal(patched(text, '--- a/x\n+++ b/x\n@@\n-a\n+A\n@@ @@\n-e\n'), 'A\nb\nc\nd\nf\n');
  });

  it('may leave out the space before what stays, and the spaces at the end of lines', () => {
    assert.equal(patched('a \nb\n', '@@\na\n-b\n+B'), 'a\nB\n');
  });

  it('fits nowhere where a line of it is not there, stands twice or comes too early', () => {
    assert.equal(patched(text, '@@\n-x\n+y'), undefined);
    assert.equal(patched('a\nb\na\n', '@@\n-a\n+A'), undefined);
    assert.equal(patched(text, '@@\n-e\n+E\n@@\n-a\n+A'), undefined);
    assert.equal(patched(text, '@@\n+new'), undefined);
    assert.equal(patched(text, ''), undefined);
  });

  it('is told from code whose lines begin with a minus', () => {
    assert.ok(!isPatch('-1\n+2', 'ts'));
    assert.ok(!isPatch('@@count = 1\n-1', 'ruby'));
    assert.ok(isPatch('-1\n+2', 'diff'));
    assert.ok(isPatch('@@ -1 +1 @@\n-1\n+2', ''));
  });

  it('that only adds is its new side', () => {
    const patch = '--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b';
    assert.ok(onlyAdds(patch));
    assert.equal(newSide(patch), 'a\nb');
    assert.ok(!onlyAdds('@@\n a\n+b'));
  });

  it('of one replaced stretch puts just that in, or fits nowhere', () => {
    const line = fc.constantFrom('a', 'b', 'c', 'd', '', ' x', '\tif (y)');
    const lines = fc.array(line, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, fc.nat(11), fc.nat(11), (before, fresh, one, two) => {
        const [from, to] = [Math.min(one, two, before.length), Math.min(Math.max(one, two), before.length)];
        const kept = (rows: readonly string[]) => rows.map((row) => ` ${row}`);
        const patch = [
          '@@ -1 +1 @@',
          ...kept(before.slice(0, from)),
          ...before.slice(from, to).map((row) => `-${row}`),
          ...fresh.map((row) => `+${row}`),
          ...kept(before.slice(to)),
        ].join('\n');
        const result = patched(before.join('\n'), patch);
        const meant = [...before.slice(0, from), ...fresh, ...before.slice(to)].join('\n');
        if (before.some((row) => row.trim() !== '')) assert.equal(result, meant);
        else assert.equal(result, undefined);
      }),
    );
  });
});
