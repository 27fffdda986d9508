import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { code, never } from './ask.ts';

/** Each fault as `what stood there -> what stands there`. */
async function faults(languageId: string, text: string, most = 20): Promise<string[]> {
  const found = await code.mutants({ languageId, text }, { start: 0, end: text.length }, most, never);
  assert.ok(found.ok);
  return found.value.map(({ span, text: put }) => `${text.slice(span.start, span.end)} -> ${put}`);
}

const script = `export function slug(text: string, most = 3): string {
  if (!text) return '';
  if (text.length < most && most > 1) throw new Error('short: ' + text);
  const parts: string[] = [];
  for (let i = 0; i < most; i++) parts.push(text[i] + 'x');
  console.log(parts);
  return parts.map((one) => one.trim()).join('-');
}
`;

const python = `def picked(a, b=2):
    """Says what is picked."""
    if not a:
        return 0
    if a not in b and a <= 3:
        raise ValueError("odd: " + a)
    out = []
    while a > b:
        out.append(a - b)
    return True
`;

describe('faults that are put into a function', () => {
  it('are of several kinds in TypeScript, and none is in what only people read', async () => {
    const found = await faults('typescript', script);
    for (const one of [
      "'' -> ({} as any)",
      '< -> >=',
      '(!text) -> (!(!text))',
      '&& -> ||',
      "parts.push(text[i] + 'x'); -> ;",
      "parts.map((one) => one.trim()).join('-') -> ({} as any)",
    ])
      assert.ok(found.includes(one), `${one} is not among ${found.join(' | ')}`);
    assert.equal(found.filter((one) => one.startsWith('+')).length, 1, 'the message of an error is no place');
    assert.equal(found.filter((one) => one.startsWith('<')).length, 1, 'nor is the head of a loop');
    assert.ok(!found.some((one) => /console/.test(one)));
  });

  it('are of several kinds in Python', async () => {
    assert.deepEqual(
      new Set(await faults('python', python)),
      new Set([
        '0 -> 1',
        'True -> False',
        'not in -> in',
        '<= -> >',
        '- -> +',
        'not a -> not (not a)',
        'out.append(a - b) -> pass',
        'and -> or',
      ]),
    );
  });

  it('stay inside the function that is asked about, and are no more than were asked for', async () => {
    const text = `${script}\nexport const twice = (n: number) => n * 2;\n`;
    const at = { start: text.indexOf('export const'), end: text.length };
    const found = await code.mutants({ languageId: 'typescript', text }, at, 6, never);
    assert.ok(found.ok);
    assert.deepEqual(
      found.value.map(({ span, text: put, certain }) => [text.slice(span.start, span.end), put, certain]),
      [
        ['n * 2', '({} as any)', true],
        ['*', '/', false],
      ],
    );
    assert.equal((await faults('typescript', script, 3)).length, 3);
  });

  it('leave a program that parses', async () => {
    for (const [languageId, text] of [
      ['typescript', script],
      ['python', python],
    ] as const) {
      const found = await code.mutants({ languageId, text }, { start: 0, end: text.length }, 50, never);
      assert.ok(found.ok && found.value.length > 6);
      for (const { span, text: put } of found.value) {
        const mutated = text.slice(0, span.start) + put + text.slice(span.end);
        assert.notEqual(mutated, text);
        const parsed = await code.parse({ languageId, text: mutated }, never);
        assert.ok(parsed.ok);
        assert.deepEqual(parsed.value.errorLines, [], mutated);
      }
    }
  });

  it('are none in other languages, and broken code is no trouble', async () => {
    assert.deepEqual(await faults('go', 'package a\nfunc F() int { return 1 + 1 }\n'), []);
    await fc.assert(
      fc.asyncProperty(fc.nat(script.length), fc.string({ maxLength: 10 }), async (at, put) => {
        const text = script.slice(0, at) + put + script.slice(at);
        for (const one of await faults('typescript', text)) assert.ok(one.length > 0);
      }),
      { numRuns: 40 },
    );
  });
});
