import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { plantForest } from '../../../src/code/forest.ts';
import { sourcePaths } from '../../../src/code/paths.ts';

const { grammars, wasm } = sourcePaths();
const forest = plantForest(fileURLToPath(grammars), fileURLToPath(wasm));
const grammar = 'tree-sitter-javascript.wasm';
before(() => forest.prepare(grammar));

test('the same text is parsed once, until newer ones take its place', () => {
  const first = forest.tree(grammar, 'a();');
  assert.equal(forest.tree(grammar, 'a();'), first);
  for (let index = 0; index < 5; index++) forest.tree(grammar, `b${index}();`);
  assert.equal(forest.tree(grammar, 'a();'), first);
  for (let index = 0; index < 6; index++) forest.tree(grammar, `c${index}();`);
  assert.notEqual(forest.tree(grammar, 'a();'), first);
});

test('big texts push older ones out, the newest always stays', () => {
  const big = `/*${'x'.repeat(1_000_000)}*/`;
  const trees = ['a', 'b', 'c'].map((name) => forest.tree(grammar, `${name}${big}`));
  assert.equal(forest.tree(grammar, `c${big}`), trees[2]);
  assert.notEqual(forest.tree(grammar, `a${big}`), trees[0]);
});

test('nodes know their fields, parents and missing parts', async () => {
  const root = forest.tree(grammar, 'if (a b');
  const statement = root.children[0]!;
  assert.equal(root.parent, undefined);
  assert.equal(statement.parent, root);
  const whole = forest.tree(grammar, 'f(1)').children[0]!.children[0]!;
  assert.deepEqual(
    whole.children.map((child) => [child.type, child.field, child.named, child.start, child.end]),
    [
      ['identifier', 'function', true, 0, 1],
      ['arguments', 'arguments', true, 1, 4],
    ],
  );
});

test('a grammar that was not prepared is an error', () => {
  assert.throws(() => forest.tree('tree-sitter-bash.wasm', 'a'), /no language/);
});
