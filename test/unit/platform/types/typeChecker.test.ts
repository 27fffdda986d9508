import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ask, checkerFor, majors, projectIn, strict, told } from './project.ts';

const add = 'export function add(a: number, b: number): number {\n  return a + b;\n}\n';
const user = `import { add } from './add.js';\nexport const sum: number = add(1, 2);\nexport const old: string = 3;\n`;

for (const major of majors)
  describe(`TypeScript ${major}`, () => {
    // One for all: libraries are read once.
    const checker = checkerFor({ after });
    const project = {
      'package.json': '{"type":"module"}',
      'tsconfig.json': strict,
      'src/add.ts': add,
      'src/user.ts': user,
    };

    test('tells errors of a text that is not applied, in the file and in those that import it', async (t) => {
      const folder = projectIn(t, major, project);
      const path = 'src/add.ts';
      const same = await ask(checker, { folder, path, before: add, after: add });
      assert.ok(same.asked, JSON.stringify(same));
      assert.deepEqual(told(same.before), ['2322 src/user.ts']);
      assert.deepEqual(told(same.after), ['2322 src/user.ts']);
      const wrong = add.replace('a: number', 'a: string');
      const changed = await ask(checker, { folder, path, before: add, after: wrong });
      assert.ok(changed.asked);
      assert.deepEqual(told(changed.before), ['2322 src/user.ts']);
      assert.deepEqual(told(changed.after), ['2322 src/user.ts', '2322@2', '2345 src/user.ts']);
      const again = await ask(checker, { folder, path, before: add, after: add });
      assert.deepEqual(again, same);
    });

    test('asks about the elements of a component', async (t) => {
      const jsx = `declare namespace JSX {\n  interface IntrinsicElements { p: { title?: string } }\n  interface Element {}\n}\n`;
      const view = 'export const View = () => <p title="a">b</p>;\n';
      const folder = projectIn(t, major, {
        'tsconfig.json': JSON.stringify({
          compilerOptions: {
            strict: true,
            jsx: 'preserve',
            noEmit: true,
            types: [],
            target: 'es2022',
            module: 'esnext',
            moduleResolution: 'bundler',
          },
          include: ['src'],
        }),
        'src/jsx.d.ts': jsx,
        'src/view.tsx': view,
      });
      const after = view.replace('title="a"', 'title={1}');
      const answer = await ask(checker, { folder, path: 'src/view.tsx', before: view, after });
      assert.ok(answer.asked, JSON.stringify(answer));
      assert.deepEqual([told(answer.before), told(answer.after)], [[], ['2322@1']]);
    });

    test('follows project references to sources that nobody has built', async (t) => {
      const options = {
        strict: true,
        composite: true,
        module: 'nodenext',
        target: 'es2022',
        types: [],
        outDir: 'dist',
        rootDir: 'src',
      };
      const app = `import { add } from '../../lib/src/add.js';\nexport const sum: number = add(1, 2);\n`;
      const folder = projectIn(t, major, {
        'package.json': '{"type":"module"}',
        'tsconfig.json': JSON.stringify({ files: [], references: [{ path: 'lib' }, { path: 'app' }] }),
        'lib/tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
        'lib/src/add.ts': add,
        'app/tsconfig.json': JSON.stringify({
          compilerOptions: options,
          include: ['src'],
          references: [{ path: '../lib' }],
        }),
        'app/src/app.ts': app,
      });
      const after = app.replace('add(1, 2)', "add('1', 2)");
      const answer = await ask(checker, { folder, path: 'app/src/app.ts', before: app, after });
      assert.ok(answer.asked, JSON.stringify(answer));
      assert.deepEqual([told(answer.before), told(answer.after)], [[], ['2345@2']]);
    });

    test('counts only sure errors where no configuration takes the file in', async (t) => {
      const folder = projectIn(t, major, { 'src/add.ts': add });
      const after = `import { sub } from './add.ts';\nexport function twice(a) {\n  const b: number = 'x';\n  return nowhere(a) + sub(b);\n}\n`;
      const answer = await ask(checker, {
        folder,
        path: 'src/twice.ts',
        before: 'export {};\n',
        after,
      });
      assert.ok(answer.asked, JSON.stringify(answer));
      assert.deepEqual(told(answer.after), ['2304@4', '2305@1']);
    });

    test('checks plain JavaScript for what is sure alone, and all of it where it says so', async (t) => {
      const folder = projectIn(t, major, { 'add.mjs': 'export function add(a, b) { return a + b; }\n' });
      const text = `import { add } from './add.mjs';\n/** @type {number} */\nexport const a = 'text';\nexport const b = add(1);\nexport const c = unknownName(b);\n`;
      const plain = await ask(checker, { folder, path: 'b.mjs', before: 'export {};\n', after: text });
      assert.ok(plain.asked, JSON.stringify(plain));
      assert.deepEqual(told(plain.after), ['2304@5']);
      const config = JSON.stringify({
        compilerOptions: {
          allowJs: true,
          checkJs: true,
          noEmit: true,
          target: 'es2022',
          module: 'nodenext',
          types: [],
        },
      });
      const other = projectIn(t, major, {
        'tsconfig.json': config,
        'add.mjs': 'export function add(a, b) { return a + b; }\n',
        'b.mjs': 'export {};\n',
      });
      const checked = await ask(checker, {
        folder: other,
        path: 'b.mjs',
        before: 'export {};\n',
        after: text,
      });
      assert.ok(checked.asked, JSON.stringify(checked));
      assert.deepEqual(told(checked.after), ['2304@5', '2322@3']);
    });

    test('takes in what changed on disk, and files that are new there', async (t) => {
      const folder = projectIn(t, major, project);
      const path = 'src/user.ts';
      const after = `${user}import { more } from './more.js';\nexport const two: number = more;\n`;
      const missing = await ask(checker, { folder, path, before: user, after });
      assert.ok(missing.asked && told(missing.after).includes('2307@4'), JSON.stringify(missing));
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      writeFileSync(join(folder, 'src/more.ts'), 'export const more = 2;\n');
      writeFileSync(join(folder, 'src/add.ts'), add.replace('b: number)', 'b: number, c: number)'));
      const there = await ask(checker, { folder, path, before: user, after });
      assert.ok(there.asked, JSON.stringify(there));
      assert.deepEqual(told(there.before), ['2322@3', '2554@2']);
      assert.deepEqual(told(there.after), ['2322@3', '2554@2']);
    });

    test('reads unsaved texts of open files instead of the disk', async (t) => {
      const folder = projectIn(t, major, project);
      const text = add.replace('b: number)', 'b: string)').replace('a + b', 'a + b.length');
      const own = checkerFor(t, { open: () => [{ path: join(folder, 'src/add.ts'), text }] });
      const answer = await ask(own, { folder, path: 'src/user.ts', before: user, after: user });
      assert.ok(answer.asked, JSON.stringify(answer));
      assert.deepEqual(told(answer.before), ['2322@3', '2345@2']);
    });

    test('asks also where the configuration has faults of its own', async (t) => {
      const files = { 'package.json': '{"type":"module"}', 'src/add.ts': add };
      const faulty = [
        strict.replace('"strict":true', '"strict":true,"noSuchOption":1,'),
        strict.replace('{', '{"extends":"./not-there.json",'),
        strict.replace('"src"', '"src","not-there"').slice(0, -1),
      ];
      for (const config of faulty) {
        const folder = projectIn(t, major, { ...files, 'tsconfig.json': config });
        const after = add.replace('a + b', 'a.size + b');
        const answer = await ask(checker, { folder, path: 'src/add.ts', before: add, after });
        assert.ok(answer.asked, `${config}: ${JSON.stringify(answer)}`);
        assert.deepEqual([told(answer.before), told(answer.after)], [[], ['2339@2']], config);
      }
    });

    test('counts lines through a mark at the start and ends of lines of Windows', async (t) => {
      const windows = `\uFEFF${add.replaceAll('\n', '\r\n')}`;
      const folder = projectIn(t, major, { ...project, 'src/add.ts': windows });
      const after = windows.replace('a + b', 'a.size + b');
      const answer = await ask(checker, { folder, path: 'src/add.ts', before: windows, after });
      assert.ok(answer.asked, JSON.stringify(answer));
      assert.deepEqual(told(answer.after), ['2322 src/user.ts', '2339@2']);
      const script = `#!/usr/bin/env node\r\n${windows.slice(1).replace(/: number/g, '')}`;
      const plain = projectIn(t, major, {});
      const asked = {
        folder: plain,
        path: 'bin.mjs',
        before: script,
        after: script.replace('a + b', 'a + c'),
      };
      const js = await ask(checker, asked);
      assert.ok(js.asked, JSON.stringify(js));
      assert.deepEqual([told(js.before), told(js.after)], [[], ['2304@3']]);
    });

    test('says that it sleeps where not even a planted error is reported', async (t) => {
      const folder = projectIn(t, major, { ...project, 'src/off.ts': `// @ts-nocheck\n${add}` });
      const before = `// @ts-nocheck\n${add}`;
      const after = before.replace('a + b', 'a + nowhere');
      const answer = await ask(checker, { folder, path: 'src/off.ts', before, after });
      assert.deepEqual(answer, { asked: false, why: 'asleep' });
    });
  });
