import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionLine, refusalLine } from '../../../src/engine/decisionLine.ts';
import { decisionWith } from '../phrases/decisions.ts';

test('the log has one line for a decision, with its figures', () => {
  assert.equal(
    decisionLine(decisionWith()),
    'request-1: explain 0.82 (chat 0.11), difficulty 0.18 -> local qwen2.5-coder:7b; ' +
      'by goodEnough [bound 0.72 bar 0.62], loaded, taskByText [probability 0.82]; bar 0.62; ' +
      'then claude-sonnet-5-5; considered claude-sonnet-5-5 (900 ms $0.0041), ' +
      'claude-opus-5-5 ($0.0200 not by tierNotAllowed), ' +
      'llama3.2:3b (bound 0.41 of 0.0+0.0 400 ms $0.0000 not by notGoodEnough [bound 0.41 bar 0.62]), ' +
      'qwen2.5-coder:7b (bound 0.72 of 12.0+1.0 2140 ms $0.0000); order-2',
  );
});

test('no pattern, path, word or line break of a reason or a name gets into the log', () => {
  const line = decisionLine(
    decisionWith({
      model: { provider: 'ollama', name: 'evil\nERROR /home/me' },
      reasons: [
        { code: 'protectedPath', params: { path: 'customers/acme/**', boundary: 'cloud' } },
        { code: 'wordModelNearest', params: { asked: 'what I typed', model: 'm' } },
      ],
    }),
  );
  assert.doesNotMatch(line, /acme|typed|\n/);
  assert.match(line, /protectedPath, wordModelNearest/);
});

test('a request that nobody may be asked has its line too, by codes alone', () => {
  assert.equal(
    refusalLine('request-1', {
      code: 'nothingLeft',
      params: {
        because: [
          { code: 'protectedPath', params: { path: 'customers/acme/**', boundary: 'cloud' } },
          { code: 'noLocalModel', params: {} },
        ],
      },
    }),
    'request-1: asked of nobody, nothingLeft (protectedPath, noLocalModel)',
  );
});
