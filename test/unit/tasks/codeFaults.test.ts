import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Task } from '../../../src/vocabulary/task.ts';
import { judged, prepared, requestOf, targetOf } from './ask.ts';

const ts = `import { read } from './read.js';

export const limit = 3;

export function first(text: string): string {
  return text.slice(0, limit);
}

export function ¦sum(a: number, b: number): number {
  const total = a + b;
  return total;
}

export class Box {
  put(value: string): void {
    read(value);
  }
}
`;
const sum = 'export function sum(a: number, b: number): number {\n  const total = a + b;\n  return total;\n}';
const fenced = (text: string, info = 'ts') => `\`\`\`${info}\n${text}\n\`\`\``;

async function change(
  task: Task,
  answer: string,
  marked = ts,
  path = '/project/a.ts',
  asked = 'Do it better',
) {
  const request = requestOf(asked, { task, surface: 'cli', target: targetOf(path, marked) });
  const { verdict, proposal } = await judged(await prepared(task, request), answer);
  return { kind: verdict.kind, codes: verdict.findings.map((one) => one.code), after: proposal?.after };
}
const plain = ts.replace('¦', '');
const rewritten = sum.replaceAll('total', 'both');

describe('code that is changed', () => {
  for (const task of ['edit', 'fix', 'refactor'] as const) {
    it(`as ${task} passes where a local has another name, as the function and as the file`, async () => {
      for (const answer of [rewritten, plain.replace(sum, rewritten).trimEnd()]) {
        const { kind, after } = await change(task, `Here:\n\n${fenced(answer)}`);
        assert.equal(kind, 'passed');
        assert.equal(after, plain.replace(sum, rewritten));
      }
    });

    it(`as ${task} fails where the function has another name or is exported no more`, async () => {
      for (const answer of [rewritten.replace('sum', 'add'), rewritten.replace('export ', '')])
        assert.deepEqual((await change(task, fenced(answer))).codes, ['signatureChanged']);
    });

    it(`as ${task} fails where a file lacks what others import`, async () => {
      const file = plain.replace(sum, rewritten);
      for (const [gone, name] of [
        ['export const', 'const'],
        [/export class Box[\s\S]*/, ''],
        ['export function first', 'function first'],
      ] as const)
        assert.ok((await change(task, fenced(file.replace(gone, name)))).codes.includes('exportMissing'));
    });
  }

  it('keeps its parameters where it is fixed or tidied, and may get more where it is edited', async () => {
    const more = rewritten.replace('b: number', 'b: number, c = 0');
    assert.deepEqual((await change('fix', fenced(more))).codes, ['signatureChanged']);
    assert.deepEqual((await change('refactor', fenced(more))).codes, ['signatureChanged']);
    assert.equal((await change('edit', fenced(more))).kind, 'passed');
  });

  it('may have another name where one was asked for', async () => {
    const answer = fenced(rewritten.replace('sum', 'add'));
    assert.equal((await change('edit', answer, ts, '/project/a.ts', 'Rename it to add')).kind, 'passed');
  });

  it('fails where something stands for code that was left out', async () => {
    for (const line of [
      '// ... rest of the function',
      '// existing code here',
      '/* ... */',
      '// your code here',
    ]) {
      const found = await change('refactor', fenced(rewritten.replace('  return', `  ${line}\n  return`)));
      assert.deepEqual(found.codes, ['codeLeftOut']);
      assert.equal(found.after, undefined);
    }
    const hollow = 'export function sum(a: number, b: number): number {\n  // done\n}';
    assert.deepEqual((await change('edit', fenced(hollow))).codes, ['codeLeftOut']);
  });

  it('may keep such words where they were before', async () => {
    const before = ts.replace('const total', '// ... and so on\n  const total');
    const answer = rewritten.replace('const both', '// ... and so on\n  const both');
    assert.equal((await change('refactor', fenced(answer), before)).kind, 'passed');
  });

  it('fails where it uses a name that nothing declares', async () => {
    const { codes } = await change('fix', fenced(rewritten.replace('a + b', 'addUp(a, b)')));
    assert.deepEqual(codes, ['undefinedName']);
    const python = 'import os\n\ndef ¦size(path):\n    total = os.stat(path)\n    return total\n';
    const py = (body: string) => fenced(`def size(path):\n    ${body}`, 'python');
    const path = '/project/a.py';
    assert.deepEqual((await change('fix', py('return Path(path)'), python, path)).codes, ['undefinedName']);
    const loop = 'return [x.st_size for x, _ in enumerate(os.stat(path)) if (y := x)]';
    assert.equal((await change('fix', py(loop), python, path)).kind, 'passed');
  });

  it('fails in another language, and where its braces do not close', async () => {
    const python = fenced('def sum(a, b):\n    return a + b', 'python');
    assert.deepEqual((await change('edit', python)).codes, ['otherLanguage']);
    assert.deepEqual((await change('edit', python.replace('python', ''))).codes, ['doesNotParse']);
    assert.deepEqual((await change('edit', fenced(rewritten.slice(0, -1)))).codes, ['doesNotParse']);
  });
});

describe('code that is new', () => {
  const helper = 'export function half(n: number): number {\n  return n / 2;\n}';
  const at = (marked: string) => marked.replace('¦', '');

  it('goes in before the line, at its indent', async () => {
    const { kind, after } = await change('generate', fenced(helper));
    assert.equal(kind, 'passed');
    assert.equal(after, plain.replace(sum, `${helper}\n\n${sum}`));
    const inClass = plain.replace('  put(', '  ¦put(');
    const method = await change('generate', fenced('get(): string {\n  return "";\n}'), inClass);
    assert.equal(method.kind, 'passed');
    assert.match(method.after ?? '', /Box \{\n {2}get\(\): string \{\n {4}return "";\n {2}\}\n\n {2}put\(/);
  });

  it('takes the place of the function at the line where it is that function', async () => {
    const { kind, after } = await change('generate', fenced(rewritten));
    assert.equal(kind, 'passed');
    assert.equal(after, plain.replace(sum, rewritten));
  });

  it('is the file where it is the whole of it', async () => {
    const file = plain.replace(sum, `${helper}\n\n${sum}`);
    const { kind, after } = await change('generate', fenced(file.trimEnd()));
    assert.equal(kind, 'passed');
    assert.equal(after, file);
  });

  it('goes into an empty file, and into one with Windows line ends', async () => {
    assert.equal((await change('generate', fenced(helper), '¦')).after, `${helper}\n`);
    const windows = ts.replaceAll('\n', '\r\n');
    const { after } = await change('generate', fenced(helper), windows);
    assert.equal(after, plain.replace(sum, `${helper}\n\n${sum}`).replaceAll('\n', '\r\n'));
  });

  it('fails where it uses what is not there, and where it does not parse', async () => {
    assert.deepEqual((await change('generate', fenced(helper.replace('n /', 'm /')))).codes, [
      'undefinedName',
    ]);
    assert.deepEqual((await change('generate', fenced(helper.slice(0, -1)))).codes, ['doesNotParse']);
  });

  it('is only shown in an editor, where nobody said where it goes', async () => {
    const target = targetOf('/project/a.ts', at(ts));
    const draft = await prepared('generate', requestOf('Write half', { surface: 'chat', target }));
    assert.equal((await judged(draft, fenced(helper))).proposal, undefined);
  });
});

describe('code that comes with imports', () => {
  it('has them put to those of the file, as a function, as a method and as something new', async () => {
    const needs = "import { half } from './half.js';";
    const both = `${needs}\n\n${rewritten.replace('a + b', 'half(a + b)')}`;
    const { kind, after } = await change('edit', fenced(both));
    assert.equal(kind, 'passed');
    const lines = "import { read } from './read.js';\nimport { half } from './half.js';\n";
    assert.ok(after?.startsWith(`${lines}\nexport const limit`), after);
    assert.equal(after?.split('function sum').length, 2);

    const inMethod = ts.replace('¦', '').replace('put(', '¦put(');
    const method = `${needs}\n\nput(value: string): void {\n  read(half(value));\n}`;
    const changed = await change('edit', fenced(method), inMethod);
    assert.equal(changed.kind, 'passed');
    assert.ok(changed.after?.startsWith(lines), changed.after);
    assert.ok(changed.after?.includes('  put(value: string): void {\n    read(half(value));\n  }\n}'));

    const fresh = await change('generate', fenced(`${needs}\n\nexport const two = half(4);`));
    assert.equal(fresh.kind, 'passed');
    assert.ok(fresh.after?.startsWith(lines));
  });

  it('fails where it still uses what nothing declares', async () => {
    const unused = `import { half } from './half.js';\n\n${rewritten.replace('a + b', 'third(a + b)')}`;
    const { codes, after } = await change('edit', fenced(unused));
    assert.deepEqual(codes, ['undefinedName']);
    assert.ok(!after?.includes('half'));
  });
});

describe('code of a Go package', () => {
  const go = 'package shop\n\nfunc ¦Total(n int) int {\n\treturn n\n}\n';
  const beside =
    'package shop\n\nconst (\n\tlow = 1\n\thigh = 2\n)\n\nvar rate, share = 3, 4\n\nfunc Round(n int) int {\n\tinner := n\n\treturn inner\n}\n';

  async function namesNotThere(body: string): Promise<string[]> {
    const folder = await mkdtemp(join(tmpdir(), 'maia-package-'));
    try {
      await writeFile(join(folder, 'beside.go'), beside);
      const target = targetOf(join(folder, 'a.go'), go);
      const from = await prepared(
        'edit',
        requestOf('Do it better', { task: 'edit', surface: 'cli', target }),
      );
      const answer = `func Total(n int) int {\n\treturn ${body}\n}`;
      const { verdict } = await judged(from, fenced(answer, 'go'));
      return verdict.findings.flatMap((one) => (one.code === 'undefinedName' ? [one.params.name] : []));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('may use what the other files of the package declare', async () => {
    assert.deepEqual(await namesNotThere('Round(n*rate + share - low - high)'), []);
  });

  it('may not use what only a function there has, or nobody', async () => {
    assert.deepEqual(await namesNotThere('n + inner'), ['inner']);
    assert.deepEqual(await namesNotThere('Rounded(n)'), ['Rounded']);
  });
});
