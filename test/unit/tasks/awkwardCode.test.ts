import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Task } from '../../../src/vocabulary/task.ts';
import { answered, judged, prepared, requestOf, targetOf } from './ask.ts';

async function change(task: Task, path: string, marked: string, answer: string) {
  const request = requestOf('Do it better', { task, target: targetOf(path, marked) });
  const { verdict, proposal } = await judged(await prepared(task, request), answer);
  return { codes: [verdict.kind, ...verdict.findings.map((one) => one.code)], after: proposal?.after };
}

const ring = `template <typename T, std::size_t N>
T Ring<T, N>::at(std::size_t index) const noexcept {
  ¦return index < N ? first_ : T{};
}
`;
const at = `T Ring<T, N>::at(std::size_t index) const noexcept {
  if (index < N) return first_;
  return T{};
}`;

describe('a C++ function', () => {
  it('keeps its template line where an answer leaves it out', async () => {
    const head = 'template <typename T, std::size_t N>\n';
    for (const answer of [at, head + at])
      assert.deepEqual(await change('refactor', '/project/a.cpp', ring, answer), {
        codes: ['passed', 'parses'],
        after: `${head}${at}\n`,
      });
  });

  it('takes a Doxygen comment of three slashes', async () => {
    const comment = '/// Gives an item.\n/// \\param index The place.\n/// \\return The item.';
    const { verdict, proposal } = await answered('document', targetOf('/project/a.cpp', ring), comment);
    assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
    assert.match(proposal?.after ?? '', /^\/\*\*\n \* Gives an item\.\n \* \\param index/);
  });
});

describe('a Ruby method', () => {
  const file = (body: string, doc = '') =>
    `module A\n${doc}  private def total(items, on:)\n    ${body}\n  end\nend\n`;
  const fresh = 'def total(items, on:)\n  items.sum(on)\nend';

  it('behind `private` is meant from the start of its line on, and stays private once', async () => {
    for (const marked of [file('items.sum').replace('  private', '¦  private'), file('¦items.sum')])
      for (const answer of [fresh, `private ${fresh}`])
        assert.deepEqual(await change('refactor', '/project/a.rb', marked, answer), {
          codes: ['passed', 'parses'],
          after: file('items.sum(on)'),
        });
  });

  it('that is an operator is known without a fence', async () => {
    const file = (body: string) => `class A\n  def <=>(other)\n    ${body}\n  end\nend\n`;
    const answer = 'def <=>(other)\n  size <=> other.size\nend';
    assert.equal(
      (await change('refactor', '/project/a.rb', file('¦0'), answer)).after,
      file('size <=> other.size'),
    );
  });

  it('behind `private` has its comment replaced', async () => {
    const marked = file('¦items.sum', '  # Old words.\n');
    const comment =
      '# Adds up.\n#\n# @param items [Array] all\n# @param on [Date] then\n# @return [Integer] it';
    const { proposal } = await answered('document', targetOf('/project/a.rb', marked), comment);
    const doc = comment.replace(/^/gm, '  ');
    assert.equal(proposal?.after, file('items.sum', `${doc}\n`));
  });

  it('may have its block described by name, and needs not', async () => {
    const marked = 'def each(items, &block)\n  ¦items.each(&block)\nend\n';
    for (const [block, kind] of [
      ['', 'passed'],
      ['# @param block [Proc] called with each\n', 'passed'],
      ['# @param other [Proc] called with each\n', 'failed'],
    ]) {
      const comment = `# Goes through.\n#\n# @param items [Array] all\n${block}# @return [Array] all`;
      const { verdict } = await answered('document', targetOf('/project/a.rb', marked), comment);
      assert.equal(verdict.kind, kind, JSON.stringify(verdict));
    }
  });
});

describe('a PHP method', () => {
  it('that is final is known without a fence', async () => {
    const file = (body: string) =>
      `<?php\nclass A\n{\n    final public function one(): int\n    {\n        ${body}\n    }\n}\n`;
    const answer = 'final public function one(): int\n{\n    return 1;\n}';
    assert.equal(
      (await change('refactor', '/project/a.php', file('¦return 0;'), answer)).after,
      file('return 1;'),
    );
  });

  it('may come behind an opening tag, which the file has once', async () => {
    const file = (body: string) =>
      `<?php\n\nfinal class A\n{\n    public function sum(array &$items): int\n    {\n        ${body}\n    }\n}\n`;
    const method = 'public function sum(array &$items): int\n{\n    return array_sum($items);\n}';
    for (const tag of ['', '<?php\n', '<?php\n\ndeclare(strict_types=1);\n\n'])
      assert.deepEqual(await change('refactor', '/project/a.php', file('¦return 0;'), tag + method), {
        codes: ['passed', 'parses'],
        after: file('return array_sum($items);'),
      });
  });
});
