import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judged, prepared, requestOf, targetOf } from './ask.ts';

async function edited(path: string, marked: string, answer: string): Promise<string> {
  const request = requestOf('Do it better', { task: 'edit', surface: 'cli', target: targetOf(path, marked) });
  const { verdict } = await judged(await prepared('edit', request), `\`\`\`\n${answer}\n\`\`\``);
  return [verdict.kind, ...verdict.findings.map((one) => one.code)].join(' ');
}

const ruby = (outside: string, body = 'list.size') =>
  `class Shop\n${outside}  def ¦count(list)\n    ${body}\n  end\nend\n`;
const rust = 'pub fn ¦area(width: u32, height: u32) -> u32 {\n    width * height\n}\n';
const cpp = 'int ¦area(int width, int height) {\n  return width * height;\n}\n';

describe('a parameter that is gone and still used', () => {
  it('is an unknown name, also where one file does not tell all names', async () => {
    assert.match(
      await edited('/project/a.rb', ruby(''), 'def count(items)\n  list.size\nend'),
      /^failed undefinedName/,
    );
    assert.match(
      await edited(
        '/project/a.rs',
        rust,
        'pub fn area(wide: u32, height: u32) -> u32 {\n    width * height\n}',
      ),
      /^failed undefinedName/,
    );
    assert.match(
      await edited('/project/a.cpp', cpp, 'int area(int wide, int height) {\n  return width * height;\n}'),
      /^failed undefinedName/,
    );
  });

  it('is none where its uses went along, or it is declared anew', async () => {
    for (const answer of [
      'pub fn area(wide: u32, height: u32) -> u32 {\n    wide * height\n}',
      'pub fn area(size: Size, height: u32) -> u32 {\n    let width = size.width;\n    width * height\n}',
      'pub fn area(all: Vec<u32>) -> u32 {\n    all.iter().map(|width| width * 2).sum()\n}',
    ])
      assert.match(await edited('/project/a.rs', rust, answer), /^passed/);
    assert.match(
      await edited(
        '/project/a.cpp',
        cpp,
        'int area(int height) {\n  int width = 3;\n  return width * height;\n}',
      ),
      /^passed/,
    );
  });

  it('is none where the class has something of that name', async () => {
    const answer = 'def count(items)\n  list.size\nend';
    assert.match(await edited('/project/a.rb', ruby('  attr_reader :list\n\n'), answer), /^passed/);
    assert.match(await edited('/project/a.rb', ruby('  def list\n    @list\n  end\n\n'), answer), /^passed/);
  });
});
