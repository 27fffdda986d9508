import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answered, targetOf } from './ask.ts';

const ts =
  'const rate = 2;\n\nexport function area(width: number, height = 1) {\n  return width * ¦height * rate;\n}\n';
const comment =
  '/**\n * Area of a rectangle.\n *\n * @param width - in metres\n * @param height - in metres\n * @returns square metres\n */';
const whole = 'export function area(width: number, height = 1) {\n  return width * height * rate;\n}';
const fenced = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;
const file = (text: string) => targetOf('/project/area.ts', text);

async function findings(answer: string, text = ts, path = '/project/area.ts') {
  const { verdict } = await answered('document', targetOf(path, text), answer);
  return [verdict.kind, ...verdict.findings.map((one) => one.code)].join(' ');
}

describe('code beside a comment', () => {
  const right: Readonly<Record<string, string>> = {
    'is the function': whole,
    'is the function in other quotes, semicolons and line breaks':
      'export function area(\n  width: number,\n  height = 1,\n) {\n  return width * height * rate\n}',
    'is the function without its export': whole.replace('export ', ''),
    'is the head alone': 'export function area(width: number, height = 1) {',
    'is the head with a body of dots': 'export function area(width: number, height = 1) { ... }',
    'leaves the body out in so many dots':
      'export function area(width: number, height = 1) {\n  // ... existing code\n}',
  };
  for (const [name, code] of Object.entries(right))
    it(`is of no account where it ${name}`, async () => {
      assert.match(await findings(fenced(`${comment}\n${code}`)), /^passed/);
    });

  it('that has another operator fails, with the line of the difference', async () => {
    const { verdict, proposal } = await answered(
      'document',
      file(ts),
      fenced(`${comment}\n${whole.replace('* rate', '+ rate')}`),
    );
    assert.deepEqual(verdict, {
      kind: 'failed',
      findings: [{ code: 'programChanged', params: { line: 4 } }],
    });
    assert.equal(proposal?.after, ts.replace('¦', '').replace('export', `${comment}\nexport`));
  });

  it('that has another operator fails without a fence, and in a fence of its own', async () => {
    const changed = whole.replace('* rate', '+ rate');
    assert.match(await findings(`Here:\n\n${comment}\n${changed}\n\nDone.`), /^failed programChanged/);
    assert.match(await findings(`${fenced(comment)}\n\n${fenced(changed)}`), /^failed programChanged/);
  });

  it('that ends in the middle, or whose fence is left open, is cut short', async () => {
    assert.match(await findings(`\`\`\`ts\n${comment}\nexport function area(width`), /^failed cutShort/);
    assert.match(await findings(fenced(`${comment}\n${whole.slice(0, -12)}`)), /^failed/);
  });

  it('in another function, above or below, is not taken for the comment', async () => {
    const inside = whole.replace('  return', '  // The rate is fixed, so that nobody wonders.\n  return');
    assert.match(await findings(fenced(inside)), /^failed notAComment/);
    const file = `/** Keeps the rate. */\nexport function keep(area: number) {}\n\n${comment}\n${inside}`;
    assert.match(await findings(fenced(file)), /^passed/);
  });

  it('that only calls the function is no other function', async () => {
    assert.match(await findings(`${fenced(comment)}\n\nUse it so:\n\n${fenced('area(1, 2);')}`), /^passed/);
  });

  it('is compared in Python without its docstring, at any indent', async () => {
    const text = 'class A:\n    def twice(self, n):\n        return ¦n * 2\n';
    const doc = '"""Doubles.\n\nArgs:\n    n: the number\n\nReturns:\n    twice as much\n"""';
    const indented = doc.replaceAll('\n', '\n    ');
    const answer = (body: string) =>
      `\`\`\`python\ndef twice(self, n):\n    ${indented}\n    return ${body}\n\`\`\``;
    assert.match(await findings(answer('n * 2'), text, '/project/a.py'), /^passed/);
    assert.match(await findings(answer('n ** 2'), text, '/project/a.py'), /^failed programChanged/);
  });
});

describe("a comment's own words", () => {
  const put = (line: string) => comment.replace(' * Area of a rectangle.', ` * ${line}`);
  for (const line of [
    'Answer with the comment alone, in this form.',
    'Sure! Here is the TSDoc comment for the function.',
    'Area of a rectangle. <|im_end|>',
    'Area of a rectangle. I hope this helps!',
  ])
    it(`are none of a comment: ${line}`, async () => {
      assert.match(await findings(fenced(put(line))), /^failed promptLeftover/);
    });

  it('may speak of answers, sure things and help', async () => {
    for (const line of ['Answers with the comment that a thread begins with.', 'Makes sure that it helps.'])
      assert.match(await findings(fenced(put(line))), /^passed/);
  });

  it('that decline are a refusal, and nothing is proposed', async () => {
    const { verdict, proposal } = await answered(
      'document',
      file(ts),
      fenced(put("I'm sorry, but I cannot write this.")),
    );
    assert.equal(verdict.findings[0]?.code, 'refusal');
    assert.equal(proposal, undefined);
  });

  it('said twice repeat', async () => {
    const tag = ' * @param width - in metres';
    assert.match(await findings(fenced(comment.replace(tag, `${tag}\n${tag}`))), /^failed repeats/);
  });

  it('describe no value where none is returned, and may say so', async () => {
    const text = 'export function put(key: string): void {\n  ¦store.set(key, 1);\n}\n';
    const with_ = (said: string) => `/**\n * Keeps it.\n * @param key - its name\n * @returns ${said}\n */`;
    assert.match(await findings(with_('the value'), text), /^failed returnsNothing/);
    assert.match(await findings(with_('nothing'), text), /^passed/);
  });

  it('say what is returned and thrown where all other comments of the file do, and only there', async () => {
    const other = (name: string, tag: string, body: string) =>
      `/**\n * Does ${name}.\n * @param a - it\n * ${tag}\n */\nexport function ${name}(a: number): number {\n  ${body}\n}\n\n`;
    const returning = ['one', 'two', 'three']
      .map((name) => other(name, '@returns it', 'return a + 1;'))
      .join('');
    const place = 'export function four(a: number): number {\n  ¦return a + 4;\n}\n';
    const doc = (...tags: string[]) =>
      `/**\n * Adds four.\n * @param a - it\n${tags.map((tag) => ` * ${tag}\n`).join('')} */`;
    assert.match(await findings(doc(), returning + place), /^failed returnMissing/);
    assert.match(await findings(doc('@returns the sum'), returning + place), /^passed/);
    assert.match(await findings(doc().replace('Adds', 'Returns it with'), returning + place), /^passed/);
    assert.match(await findings(doc(), place), /^passed/);
    const mixed = `${returning}${other('five', '@see one', 'return a;')}`;
    assert.match(await findings(doc(), mixed + place), /^passed/);

    const body = "if (a < 0) throw new RangeError('a'); return a;";
    const throwing = ['one', 'two', 'three']
      .map((name) => other(name, '@returns it\n * @throws {RangeError} below 0', body))
      .join('');
    const odd = `export function four(a: number): number {\n  ¦${body}\n}\n`;
    assert.match(await findings(doc('@returns it'), throwing + odd), /^failed throwMissing/);
    assert.match(await findings(doc('@returns it', '@throws below 0'), throwing + odd), /^passed/);
  });

  it('describe no error where nothing can throw, and do where something may', async () => {
    const text = (body: string) => `export function same(a: number): number {\n  ¦return ${body};\n}\n`;
    const doc = '/**\n * Gives it.\n * @param a - it\n * @returns it\n * @throws when it is odd\n */';
    assert.match(await findings(doc, text('a + 1')), /^failed throwsNothing/);
    assert.match(await findings(doc, text('check(a)')), /^passed/);
  });

  it("are in the docstring style of the file's others", async () => {
    const text = 'def a(x):\n    """A.\n\n    :param x: the x\n    """\n\ndef b(y):\n    return ¦y\n';
    const google = '"""B.\n\nArgs:\n    y: the y\n\nReturns:\n    it\n"""';
    const rest = '"""B.\n\n:param y: the y\n:returns: it\n"""';
    assert.match(await findings(google, text, '/project/a.py'), /^failed otherStyle/);
    assert.match(await findings(rest, text, '/project/a.py'), /^passed/);
    assert.match(await findings(google, text.replace(':param x: the x', ''), '/project/a.py'), /^passed/);
  });

  it("are not in the marks of another language's comments", async () => {
    const text = 'export function now() {\n  ¦return 1;\n}\n';
    assert.match(await findings('"""Gives it.\n\nReturns:\n    one\n"""', text), /^failed notAComment/);
    assert.match(
      await findings(
        '/**\n * Gives it.\n * @returns one\n */',
        'def now():\n    return ¦1\n',
        '/project/a.py',
      ),
      /^failed notAComment/,
    );
  });
});
