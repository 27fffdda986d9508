import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unitIn, unitsOf } from './ask.ts';

async function only(text: string, languageId = 'typescript') {
  const units = await unitsOf(languageId, text);
  assert.equal(units.length, 1, `one unit expected in ${text}`);
  return units[0]!;
}

test('an exported function has its whole statement, signature, body and doc', async () => {
  const unit = await only(
    '// Copyright\n\n/** Adds up. */\nexport async function add(a: number, b = 2) {\n  return a + b;\n}\n',
  );
  assert.deepEqual(unit, {
    kind: 'function',
    name: 'add',
    span: 'export async function add(a: number, b = 2) {\n  return a + b;\n}',
    signature: 'export async function add(a: number, b = 2)',
    body: '{\n  return a + b;\n}',
    doc: '/** Adds up. */',
    parameters: ['a', 'b?'],
    returnsValue: true,
    exported: true,
    async: true,
    indent: '',
  });
});

test('each way to write a function has its name', async () => {
  const named: readonly [string, string][] = [
    ['function plain() {}', 'plain'],
    ['function* numbers() { yield 1; }', 'numbers'],
    ['const arrow = () => 1;', 'arrow'],
    ['export const typed: Handler = async (event) => { await event; };', 'typed'],
    ['let late = function inner() {};', 'late'],
    ['exports.given = function () {};', 'given'],
    ['module.exports.other = () => 2;', 'other'],
    ['Shape.prototype.area = function () { return 1; };', 'area'],
    ['export default function () { return 1; }', 'default'],
    ['export default () => 3;', 'default'],
    ['export default function main() {}', 'main'],
    ['export default class {}', 'default'],
    ['const Model = class extends Base {};', 'Model'],
    ['const wrapped = memo(({ title }: Props) => title);', 'wrapped'],
    ['const cast = ((a: number) => a) as Fn;', 'cast'],
    ['declare function outside(a: string): void;', 'outside'],
  ];
  for (const [text, name] of named) assert.equal((await only(text)).name, name, text);
});

test('a class holds its methods, accessors, constructor and bound arrows, with itself as their owner', async () => {
  const units = await unitsOf(
    'typescript',
    `export class Cart<T> extends Base implements Priced {
  #items: T[] = [];
  constructor(private readonly tax: number) { super(); }
  static of<T>(...items: T[]): Cart<T> { return new Cart(1); }
  get total(): number { return 1; }
  set total(value: number) { this.x = value; }
  add = (item: T) => { this.#items.push(item); };
  private hidden() {}
  'quoted name'() {}
  async *stream() { yield 1; }
}
`,
  );
  assert.deepEqual(
    units.map((unit) => [unit.kind, unit.owner, unit.name, unit.returnsValue, unit.exported]),
    [
      ['class', undefined, 'Cart', false, true],
      ['method', 'Cart', 'constructor', false, true],
      ['method', 'Cart', 'of', true, true],
      ['method', 'Cart', 'total', true, true],
      ['method', 'Cart', 'total', false, true],
      ['method', 'Cart', 'add', false, true],
      ['method', 'Cart', 'hidden', false, false],
      ['method', 'Cart', 'quoted name', false, true],
      ['method', 'Cart', 'stream', true, true],
    ],
  );
  assert.equal(units[0]!.signature, 'export class Cart<T> extends Base implements Priced');
  assert.equal(units[1]!.indent, '  ');
  assert.deepEqual(units[2]!.parameters, ['...items']);
});

test('parameters are named as they are bound', async () => {
  const unit = await only(
    'function f(this: Window, { a, b: { c = 1 }, ...others }: P, [d, , e = a]: X = [], g?: string, h = () => z, ...i: number[]) {}',
  );
  assert.deepEqual(unit.parameters, ['a,c,others', 'd,e?', 'g?', 'h?', '...i']);
  const plain = await only('const f = ({ a = 1 } = {}, b = 2, [c] = [], ...d) => a;', 'javascript');
  assert.deepEqual(plain.parameters, ['a?', 'b?', 'c?', '...d']);
  assert.deepEqual((await only('const f = x => x;', 'javascript')).parameters, ['x']);
});

test('a function returns a value unless it surely does not', async () => {
  const cases: readonly [string, boolean][] = [
    ['function f() { return; }', false],
    ['function f() { [1].map(() => { return 1; }); }', false],
    ['function f() { class A { m() { return 1; } } }', false],
    ['function f() { if (x) { return 1; } }', true],
    ['function f(): void { g(); }', false],
    ['async function f(): Promise<void> {}', false],
    ['async function f(): Promise<void | string> {}', true],
    ['function f(x: unknown): asserts x is string {}', false],
    ['function f(x: unknown): x is string { return true; }', true],
    ['const f = () => g();', true],
    ['const f = () => ({});', true],
    ['function f() { return /* nothing */; }', false],
  ];
  for (const [text, returns] of cases)
    assert.equal((await unitsOf('typescript', text))[0]?.returnsValue, returns, text);
});

test('what is exported by a list, by default or through module.exports is exported', async () => {
  for (const text of [
    'function f() {}\nexport { f };',
    'const f = () => 1;\nexport { f as g };',
    'function f() {}\nexport default f;',
    'function f() {}\nmodule.exports = { f };',
    'function f() {}\nmodule.exports = { g: f };',
    'const f = () => 1;\nmodule.exports = f;',
    'function f() {}\nexports.g = f;',
  ])
    assert.equal((await only(text, 'javascript')).exported, true, text);
  assert.equal((await only('function f() {}\nexport { g };', 'javascript')).exported, false);
});

test('decorators belong to the declaration, a doc comment to its doc, wherever lint comments stand', async () => {
  const text = `/** The page. */
// eslint-disable-next-line
@Component({ tag: 'x' })
export class Page {
  /** Loads it. */
  @Once()
  @Log
  load() {}
}
`;
  const [page, load] = await unitsOf('typescript', text);
  assert.equal(page!.doc, '/** The page. */');
  assert.match(page!.span!, /^@Component/);
  assert.equal(load!.doc, '/** Loads it. */');
  assert.equal(load!.span, '@Once()\n  @Log\n  load() {}');
  assert.equal(load!.signature, '@Once()\n  @Log\n  load()');
});

test('a comment that an empty line parts from a function is not its doc', async () => {
  assert.equal((await only('/** About the file. */\n\nfunction f() {}\n')).doc, undefined);
  assert.equal((await only('const a = 1; /** of a */\nfunction f() {}\n')).doc, undefined);
  assert.equal((await only('/* no doc */\nfunction f() {}\n')).doc, undefined);
});

test('a cursor anywhere in a function means it, callbacks included', async () => {
  for (const marked of [
    '¦function f() {\n  return 1;\n}',
    'function f() {\n  return 1;\n}¦',
    'const a = 1;\n  ¦  function f() {\n  }',
    'function f() {\n  items.forEach((item) => {\n    use(item¦);\n  });\n}',
    'function f() {\n  return new Promise(function (resolve) { resolve(¦1); });\n}',
    '/** Do¦c. */\nfunction f() {}',
    '// note¦\nfunction f() {}',
    'const f = useless => {\n¦\n};',
    'export const f = () => 1;¦\n',
    'test("x", { f: 1 });\nfunction f() { call({ onDone: () => { ¦ } }); }',
  ])
    assert.equal((await unitIn('typescript', marked))?.name, 'f', marked);
});

test('a cursor outside any function means nothing', async () => {
  assert.equal(await unitIn('typescript', 'const a = ¦1;\nfunction f() {}'), undefined);
  assert.equal(await unitIn('typescript', 'function f() {}\n¦\nfunction g() {}'), undefined);
  assert.equal(await unitIn('typescript', '¦'), undefined);
});

test('a cursor on the name line of a class means the class, in a method the method', async () => {
  const body = 'class ¦A {\n  x = 1;\n  m() { return 1; }\n}';
  assert.equal((await unitIn('typescript', body))?.name, 'A');
  assert.equal((await unitIn('typescript', 'class A {\n  x = ¦1;\n  m() { return 1; }\n}'))?.name, 'A');
  assert.equal((await unitIn('typescript', 'class A {\n  x = 1;\n¦  m() { return 1; }\n}'))?.name, 'm');
  assert.equal((await unitIn('typescript', 'class A {\n  @dec¦()\n  m() { return 1; }\n}'))?.name, 'm');
});

test('a selection that is a unit means it; one inside a unit means the unit around', async () => {
  assert.equal((await unitIn('typescript', 'class A {\n«  m() { return 1; }\n»  n() {}\n}'))?.name, 'm');
  assert.equal((await unitIn('typescript', '«/** doc */\nfunction f() {}\n\n»function g() {}'))?.name, 'f');
  assert.equal(
    (await unitIn('typescript', 'function f() {\n  «const g = () => 1;\n  return g();»\n}'))?.name,
    'f',
  );
  assert.equal(
    (await unitIn('typescript', 'function f() {\n  «const g = () => 1;»\n  return g();\n}'))?.name,
    'g',
  );
  assert.equal((await unitIn('typescript', 'class A {\n  «m() {}\n  n() {}»\n}'))?.name, 'A');
  assert.equal((await unitIn('typescript', '«function f() {}\nfunction g() {}»'))?.name, 'f');
  assert.equal(
    (await unitIn('typescript', 'function f() { retu«rn 1; }\nfunction g() { re»turn 2; }'))?.name,
    'f',
  );
});

test('components and hooks of a TSX file are units', async () => {
  const units = await unitsOf(
    'typescriptreact',
    'export const Box = ({ a }: P) => <div onClick={() => a()}>{a}</div>;\nexport default function App() {\n  const go = useCallback(() => 1, []);\n  return <Box a={1} />;\n}\n',
  );
  assert.deepEqual(
    units.map((unit) => unit.name),
    ['Box', 'App'],
  );
});

test('objects give their methods and bound arrows, options of a call do not', async () => {
  const units = await unitsOf(
    'javascript',
    'const api = { get(id) { return id; }, put: async (x) => x, n: 1 };\nrun({ then: () => 1, later() {} });',
  );
  assert.deepEqual(
    units.map((unit) => unit.name),
    ['get', 'put', 'later'],
  );
});

test('offsets are UTF-16 through a byte order mark, emoji, tabs and CRLF', async () => {
  const text =
    '\uFEFFconst s = "😀🎉é";\r\n\t/** Größe 😀 */\r\n\tfunction größe(ä = "👩‍👩‍👧") {\r\n\t\treturn ä;\r\n\t}\r\n';
  const unit = await only(text);
  assert.equal(unit.span, 'function größe(ä = "👩‍👩‍👧") {\r\n\t\treturn ä;\r\n\t}');
  assert.equal(unit.doc, '/** Größe 😀 */');
  assert.equal(unit.indent, '\t');
  assert.deepEqual(unit.parameters, ['ä?']);
  assert.equal((await only('\uFEFFfunction f() {}')).span, 'function f() {}');
});

test('a function is found beside broken code', async () => {
  const marked = 'function good() {\n  return ¦1;\n}\n\nfunction bad( {\n  const = ;\n';
  assert.equal((await unitIn('typescript', marked))?.name, 'good');
});
