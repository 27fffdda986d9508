import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { OpenFence } from '../../../src/surfaces/openFence.ts';

const pieces = fc.array(
  fc.constantFrom('```', '````', '~~~', '```ts', '\n', 'text', ' ', '`', '    ', 'x\n', '\n\n'),
  { maxLength: 20 },
);

test('after the closing a line of our own stands outside every fenced block', () => {
  const markdown = new MarkdownIt();
  fc.assert(
    fc.property(pieces, (parts) => {
      const fence = new OpenFence();
      for (const part of parts) fence.push(part);
      const tokens = markdown.parse(`${parts.join('')}${fence.closing()}\n\nOWN`, {});
      assert.ok(
        tokens.some((token) => token.type === 'inline' && token.content === 'OWN'),
        JSON.stringify(parts.join('')),
      );
    }),
  );
});
