import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { plainText, readableBytes } from '../../../src/phrases/plainText.ts';
import { plainForTerminal, terminalText } from '../../../src/phrases/terminalText.ts';

const pieces = [
  '\u001b',
  '\u001b[',
  '\u001b]',
  '\u001b\\',
  '\u009b',
  '\u009d',
  '\u0007',
  '\u009c',
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u001b]8;;command:x\u001b\\link',
  '\u001bP1$r\u001b\\',
  '\u001b(B',
  '\u001bc',
  '\r',
  '\n',
  '\r\n',
  '\t',
  'text',
  '31m',
  ';',
  ' ',
  '\u202e',
  '\u200b',
  '\ud83d\ude00',
  '\ud83d',
  '\u0008',
  '\u0000',
  '\u{e0041}',
  '日本',
];
const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(''));
const steers = /(?![\t\n])[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B]/u;

describe('text for a terminal', () => {
  test('holds nothing that could steer it', () => {
    fc.assert(
      fc.property(hostile, (text) => assert.doesNotMatch(plainForTerminal(text), steers)),
      { numRuns: 1000 },
    );
  });

  test('is the same however it is cut into chunks', () => {
    fc.assert(
      fc.property(hostile, fc.array(fc.nat({ max: 4 }), { maxLength: 30 }), (text, sizes) => {
        const stream = terminalText();
        let out = '';
        let at = 0;
        for (const size of sizes) {
          out += stream.push(text.slice(at, at + size));
          at += size;
        }
        assert.equal(out + stream.push(text.slice(at)) + stream.end(), plainForTerminal(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('loses colours, titles and links with their payload', () => {
    assert.equal(plainForTerminal('a\u001b[1;31mred\u001b[0m b'), 'ared b');
    assert.equal(plainForTerminal('a\u001b]0;evil\u0007b'), 'ab');
    assert.equal(plainForTerminal('\u001b]8;;command:x\u001b\\link\u001b]8;;\u001b\\'), 'link');
    assert.equal(plainForTerminal('one\rtwo\r\nthree'), 'one\ntwo\nthree');
  });

  test('keeps what follows a sequence that never ends', () => {
    assert.equal(plainForTerminal('a\u001b]never\nthe answer'), 'a\nthe answer');
    assert.equal(plainForTerminal('a\u001b[31'), 'a');
  });

  test('keeps every script, emoji included', () => {
    for (const text of ['naïve', '日本語', 'שלום', 'می‌خواهم', '👩‍💻', 'a\tb\n'])
      assert.equal(plainForTerminal(text), text);
  });
});

test('a name within a sentence is one short line', () => {
  assert.equal(plainText('  a\n\n b\u001b[2J\u202e '), 'a b');
  const long = plainText('x'.repeat(1000), 50);
  assert.equal(long.length, 50);
  assert.ok(long.endsWith('…'));
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 30 }), (text, limit) => {
      const line = plainText(text, limit);
      assert.ok(line.length <= limit && !line.includes('\n'));
    }),
  );
});

test('a name makes no link of its own in a notification', () => {
  // What VS Code takes for a link in a notification's message.
  const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/i;
  assert.equal(
    plainText('parses [x](command:workbench.action.quit)'),
    'parses [x] (command:workbench.action.quit)',
  );
  assert.equal(plainText('items[0](value)'), 'items[0](value)');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('[', ']', '(', ')', '\u200b', ' ', 'a', 'command:', 'HTTPS://', 'file:'), {
        maxLength: 12,
      }),
      (pieces) => !link.test(plainText(pieces.join(''))),
    ),
  );
});

test('bytes read as model sizes are published', () => {
  assert.equal(readableBytes(4_683_073_184), '4.7 GB');
  assert.equal(readableBytes(1_048_576), '1.0 MB');
  assert.equal(readableBytes(512), '512 bytes');
  assert.equal(readableBytes(Number.NaN), '?');
});
