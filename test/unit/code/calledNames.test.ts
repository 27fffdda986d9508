import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, code, never, source } from './ask.ts';

async function called(languageId: string, text: string) {
  return [...(await answerOf(code.calledNames(source(languageId, text), never)))].sort();
}

test('JavaScript: calls, methods, constructors, tags, elements and what an assertion calls', async () => {
  const text =
    'f(); a.b.c(); new D(); new e.F(); x?.g(); h`t`; obj["i"](); (j)(); k!(); named; assert.throws(l); expect(m).toThrow(); const n = o;';
  assert.deepEqual(
    await called('typescript', text),
    'D F c expect f g h i j k l m throws toThrow'.split(' '),
  );
  assert.deepEqual(await called('typescriptreact', 'render(<Box><a.Row x={f()} /></Box>);'), [
    'Box',
    'Row',
    'f',
    'render',
  ]);
});

test('Python: calls, methods, decorators and what raises calls', async () => {
  const text =
    '@deco\n@app.get("/")\ndef f(): a.b(c(1))\npytest.raises(ValueError, parse, "x")\nprint(named)\n';
  assert.deepEqual(await called('python', text), ['b', 'c', 'deco', 'get', 'parse', 'print', 'raises']);
});

test('Go: calls, methods, generics and literals of types', async () => {
  const text = 'package p\nfunc F() { a(); b.C(); d[int](1); _ = E{}; _ = &f.G{}; go h(); defer i.J() }\n';
  assert.deepEqual(await called('go', text), ['C', 'E', 'G', 'J', 'a', 'd', 'h']);
});

test('Java: calls, constructors and references', async () => {
  const text = 'class A { void m() { a(); b.c(); new D<>(1); new e.F(); list.map(G::h); map(I::new); } }';
  assert.deepEqual(await called('java', text), ['D', 'F', 'I', 'a', 'c', 'h', 'map']);
});

test('C#: calls, constructors, generics and conditional access', async () => {
  const text = 'class A { void M() { B(); c.D(); new E(); F<int>(); g?.H(); i.J<int>(); new K.L(); } }';
  assert.deepEqual(await called('csharp', text), ['B', 'D', 'E', 'F', 'H', 'J', 'L']);
});
