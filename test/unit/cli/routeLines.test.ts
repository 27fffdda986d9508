import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { lineRouter, routeLines, usualModels } from '../../../src/cli/routeLines.ts';

interface Answer {
  readonly id: unknown;
  readonly task: string;
  readonly tier: string | null;
  readonly route: string | null;
  readonly model: string | null;
  readonly confidence: number;
  readonly difficulty: number;
  readonly localScore: number;
  readonly reasons: readonly { readonly code: string }[];
}

function answer(line: object, models: readonly string[] = usualModels): Answer {
  return JSON.parse(String(lineRouter(models)(JSON.stringify(line)))) as Answer;
}

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

describe('a line of prompts', () => {
  test('is answered with every field', () => {
    const found = answer({ id: 7, prompt: 'explain this function' });
    assert.deepEqual(Object.keys(found).toSorted(), [
      'confidence',
      'difficulty',
      'id',
      'localScore',
      'model',
      'reasons',
      'route',
      'task',
      'tier',
    ]);
    assert.equal(found.id, 7);
    assert.equal(found.task, 'explain');
    assert.equal(found.route, 'local');
    assert.equal(found.tier, null);
    assert.ok((usualModels as readonly string[]).includes(found.model ?? ''));
  });

  test('of strategic work goes to Claude, with its tier', () => {
    const found = answer({ id: 'a', prompt: 'design a multi-tenant billing architecture' });
    assert.equal(found.route, 'claude');
    assert.equal(found.tier, 'sonnet');
    assert.ok(found.localScore < 0.5);
  });

  test('uses only the models that are given', () => {
    const found = answer({ id: 1, prompt: 'write a commit message' }, ['gemma3:4b']);
    assert.equal(found.model, 'gemma3:4b');
  });

  test('with a command is that task, or that route', () => {
    assert.equal(answer({ id: 1, prompt: 'hello', command: 'tests' }).task, 'tests');
    assert.equal(answer({ id: 1, prompt: 'hello', command: '/explain' }).task, 'explain');
    assert.equal(answer({ id: 1, prompt: 'explain this', command: 'claude' }).route, 'claude');
  });

  test('scores easy work higher for a local model than hard work', () => {
    const easy = answer({ id: 1, prompt: 'explain this' }).localScore;
    const hard = answer({ id: 2, prompt: 'fix the deadlock across all services in the codebase' }).localScore;
    assert.ok(easy > hard, `${easy} ${hard}`);
  });

  test('that cannot be read is said to be so, and the others go on', async () => {
    let written = '';
    const text = 'nonsense\n\n{"id":1}\n[]\nnull\n{"id":2,"prompt":"hello"}';
    const unread = await routeLines(
      pieces(text, 5),
      (answers) => {
        written += answers;
      },
      [],
    );
    const lines = written.trim().split('\n');
    assert.equal(unread, 4);
    assert.equal(lines.length, 5);
    assert.equal((JSON.parse(lines[4] ?? '') as Answer).id, 2);
  });

  test('is answered the same in whatever pieces it arrives', async () => {
    const text = ['fix this', 'write tests', 'what is a closure?', 'größe ändern 😀']
      .map((prompt, id) => JSON.stringify({ id, prompt }))
      .join('\n');
    const run = async (size: number) => {
      let written = '';
      await routeLines(
        pieces(text, size),
        (answers) => {
          written += answers;
        },
        [],
      );
      return written;
    };
    const whole = await run(100_000);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (size) => {
        assert.equal(await run(size), whole);
      }),
      { numRuns: 20 },
    );
  });

  test('with a secret stays here, when secrets are looked for', async () => {
    let written = '';
    await routeLines(
      pieces(JSON.stringify({ id: 1, prompt: 'design an architecture around this token' }), 50),
      (answers) => {
        written += answers;
      },
      [],
      async (texts) => (texts[0]?.includes('token') ? ['github'] : []),
    );
    const found = JSON.parse(written) as Answer;
    assert.equal(found.route, 'local');
    assert.ok(found.reasons.some(({ code }) => code === 'protectedSecret'));
  });
});
