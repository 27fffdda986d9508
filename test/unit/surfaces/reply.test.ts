import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createPhrases } from '../../../src/phrases/phrases.ts';
import { Reply } from '../../../src/surfaces/reply.ts';
import type { EngineEvent } from '../../../src/vocabulary/event.ts';
import { outcomeWith } from './outcomes.ts';

interface Shown {
  readonly kind: 'progress' | 'markdown' | 'own';
  readonly text: string;
}

/** Holds back the last character until the end, as a filter does that waits for the end of a link. */
function lateFilter() {
  let kept = '';
  return {
    push(text: string) {
      const all = kept + text;
      kept = all.slice(-1);
      return all.slice(0, -1);
    },
    end() {
      const rest = kept;
      kept = '';
      return rest;
    },
  };
}

function shownBy(
  events: readonly EngineEvent[],
  practice = false,
): {
  readonly shown: readonly Shown[];
  readonly reply: Reply;
} {
  const shown: Shown[] = [];
  const add = (kind: Shown['kind']) => (text: string) => {
    shown.push({ kind, text });
  };
  const reply = new Reply(
    { progress: add('progress'), markdown: add('markdown'), own: add('own') },
    { phrases: createPhrases(), newFilter: lateFilter, footer: 'full', practice },
  );
  for (const event of events) reply.take(event);
  return { shown, reply };
}

const text = (value: string): EngineEvent => ({ type: 'text', text: value });
const loading: EngineEvent = {
  type: 'progress',
  progress: { code: 'loading', params: { model: 'qwen2.5-coder:7b', bytes: 4_700_000_000 } },
};
const restarted: EngineEvent = {
  type: 'restarted',
  from: { provider: 'ollama', name: 'qwen2.5-coder:7b' },
  to: { provider: 'claude', name: 'claude-sonnet-5-5' },
  reason: {
    code: 'handedOver',
    params: { from: 'qwen2.5-coder:7b', to: 'claude-sonnet-5-5', failure: 'cut' },
  },
};

const joined = (shown: readonly Shown[]) =>
  shown.flatMap((one) => (one.kind === 'progress' ? [] : [one.text])).join('');

test('progress is shown before the first Markdown and never after it', () => {
  const { shown } = shownBy([
    loading,
    loading,
    text('one'),
    loading,
    { type: 'finished', outcome: outcomeWith({ text: 'one' }) },
  ]);
  assert.deepEqual(
    shown.map((one) => one.kind),
    ['progress', 'markdown', 'markdown', 'own', 'own'],
  );
});

test('whatever the pieces are, the whole answer is shown, and its offsets find it again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1 })),
      fc.array(fc.string({ minLength: 1 }), { minLength: 1 }),
      (first, second) => {
        const answer = second.join('');
        const events = [
          ...first.map(text),
          ...(first.length > 0 ? [restarted] : []),
          ...second.map(text),
          { type: 'finished', outcome: outcomeWith({ text: answer }) } as const,
        ];
        const { shown, reply } = shownBy(events);
        assert.equal(joined(shown).slice(...reply.shown), answer);
      },
    ),
  );
});

test('a restart ends an open code block and says that the whole answer follows', () => {
  const { shown } = shownBy([
    text('```ts\nconst half'),
    restarted,
    text('whole'),
    { type: 'finished', outcome: outcomeWith({ text: 'whole' }) },
  ]);
  const all = joined(shown);
  assert.match(all, /^```ts\nconst half\n```\n/);
  assert.match(all, /the whole answer from claude-sonnet-5-5 follows/);
  assert.ok(all.indexOf('whole', all.indexOf('follows')) > 0);
});

test('a restart names the model whose answer really follows, also where another failed before a word', () => {
  const { shown } = shownBy([
    text('half'),
    restarted,
    {
      type: 'progress',
      progress: { code: 'handedOver', params: { from: 'claude-sonnet-5-5', to: 'codellama:13b' } },
    },
    text('whole'),
    { type: 'finished', outcome: outcomeWith({ text: 'whole' }) },
  ]);
  assert.match(
    joined(shown),
    /\*\*qwen2\.5-coder:7b stopped in mid-answer\. .* answer from codellama:13b follows\.\*\*\n\nwhole/,
  );
  assert.doesNotMatch(joined(shown), /claude-sonnet/);
});

test('so does one whose second model was stopped at its opening, or left by the developer', () => {
  for (const code of ['askingAfterCheck', 'askingAsUnsure', 'claudeWanted'] as const) {
    const { shown } = shownBy([
      text('half'),
      { ...restarted, to: { provider: 'ollama', name: 'codellama:13b' } },
      { type: 'progress', progress: { code, params: { to: 'claude-sonnet-5-5' } } },
      text('whole'),
      { type: 'finished', outcome: outcomeWith({ text: 'whole' }) },
    ]);
    assert.match(joined(shown), /answer from claude-sonnet-5-5 follows/);
  }
});

test('a restart that comes to nothing is told by its failure alone', () => {
  const { shown } = shownBy([
    text('half'),
    restarted,
    {
      type: 'finished',
      outcome: outcomeWith({
        end: 'failed',
        text: '',
        answeredBy: undefined,
        failure: { code: 'cut', params: { model: 'qwen2.5-coder:7b' } },
      }),
    },
  ]);
  assert.doesNotMatch(joined(shown), /follows/);
  assert.match(joined(shown), /^half\n\n\n.{20,}/);
});

test('an answer that ends inside a code block does not swallow the footer', () => {
  const { shown } = shownBy([
    text('```\ncode'),
    { type: 'finished', outcome: outcomeWith({ text: '```\ncode' }) },
  ]);
  assert.match(joined(shown), /code\n```\n\n\n\*qwen2\.5-coder:7b/);
});

test('an answer that was held and never streamed is shown when it is finished', () => {
  const { shown } = shownBy([{ type: 'finished', outcome: outcomeWith({ text: 'held until now' }) }]);
  assert.match(joined(shown), /^held until now/);
});

test('a failure is one sentence with its next step and has no footer', () => {
  const { shown } = shownBy([
    {
      type: 'finished',
      outcome: outcomeWith({
        end: 'failed',
        text: '',
        attempts: [],
        answeredBy: undefined,
        failure: { code: 'noKey', params: {} },
      }),
    },
  ]);
  const all = joined(shown);
  assert.ok(all.trim().length > 10);
  assert.doesNotMatch(all, /maia\.showWhy/);
});

test('a failed check is said under the answer that stands', () => {
  const { shown } = shownBy([
    text('const answer = 1'),
    {
      type: 'finished',
      outcome: outcomeWith({
        verdict: { kind: 'failed', findings: [{ code: 'noCode', params: {} }] },
      }),
    },
  ]);
  assert.match(joined(shown), /\$\(warning\) /);
});

test('in practice an answer that never came says practice too', () => {
  const failed: EngineEvent = {
    type: 'finished',
    outcome: outcomeWith({
      end: 'failed',
      text: '',
      answeredBy: undefined,
      failure: { code: 'ollamaUnreachable', params: { host: '127.0.0.1:11434' } },
    }),
  };
  assert.match(joined(shownBy([failed], true).shown), /does not answer.*\*practice\*/s);
  assert.doesNotMatch(joined(shownBy([failed]).shown), /practice/);
});
