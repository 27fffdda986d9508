import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { createPhrases } from '../../../src/phrases/phrases.ts';
import { footer } from '../../../src/surfaces/footer.ts';
import { whyText } from '../../../src/surfaces/whyText.ts';
import { decisionWith } from '../phrases/decisions.ts';
import { outcomeWith } from './outcomes.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });
const phrases = createPhrases();
const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.stringMatching(/^[|*_`[\]()<>"'\\$!#~&;:@ \na-z]{0,40}$/),
);

test('whatever a model is called, /why is one table of five columns, without a link, an image or HTML', () => {
  fc.assert(
    fc.property(names, fc.boolean(), (name, narrow) => {
      const model = { provider: 'ollama', name } as const;
      const considered = decisionWith().considered.map((one) =>
        one.route === 'local'
          ? {
              ...one,
              model,
              ...(one.removedBy ? { removedBy: { code: 'noChat', params: { model: name } } as const } : {}),
            }
          : one,
      );
      const reasons = [{ code: 'loaded', params: { model: name } }] as const;
      const html = markdown.render(
        whyText(decisionWith({ model, considered, reasons }), phrases, { narrow }),
      );
      assert.doesNotMatch(html, /<(?!\/?(?:p|strong|table|thead|tbody|tr|th|td|ul|li)\b)/);
      const rows = [...html.matchAll(/<tr>[\s\S]*?<\/tr>/g)];
      assert.equal(rows.length, 4);
      for (const [row] of rows) assert.equal(row.split(/<t[dh]/).length - 1, narrow ? 3 : 5);
    }),
    { numRuns: 300 },
  );
});

test('whatever a model is called, the footer links to why, with its hover, and to the two judgements alone', () => {
  fc.assert(
    fc.property(names, (name) => {
      const reasons = [{ code: 'loaded', params: { model: name } }] as const;
      const model = { provider: 'ollama', name } as const;
      const html = markdown.render(
        footer(outcomeWith({ decision: decisionWith({ model, reasons }) }), 'full', false),
      );
      const links = [...html.matchAll(/<a href="([^"]*)" title="[^"]+">([^<]*)<\/a>/g)];
      assert.deepEqual(
        links.map(([, target]) => target?.replace(/\?.*/, '')),
        ['command:maia.showWhy', 'command:maia.good', 'command:maia.notGood'],
        html,
      );
      assert.equal(html.split('<a ').length, 4);
    }),
    { numRuns: 300 },
  );
});
