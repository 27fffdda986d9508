import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  lineRouter,
  readLine,
  routeLines,
  type SecretScan,
  usualModels,
} from '../../../src/cli/routeLines.ts';

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
  const asked = readLine(JSON.stringify(line));
  assert.ok('prompt' in asked);
  return JSON.parse(String(lineRouter(models)(asked))) as Answer;
}

async function answers(
  lines: readonly unknown[],
  models: readonly string[] = [],
  scan?: SecretScan,
): Promise<readonly Answer[]> {
  let written = '';
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  await routeLines(
    pieces(text, 1000),
    (piece) => {
      written += piece;
    },
    models,
    scan,
  );
  return written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

const fields = ['id', 'task', 'confidence', 'difficulty', 'localScore', 'tier', 'route', 'model', 'reasons'];

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

describe('a line of prompts', () => {
  test('is answered with every field', () => {
    const found = answer({ id: 7, prompt: 'explain this function' });
    assert.deepEqual(Object.keys(found).toSorted(), fields.toSorted());
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
    assert.equal(answer({ id: 1, prompt: 'hello', command: 'maia.generateTests' }).task, 'tests');
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

  test('keeps its id, whatever it is, even where there is nothing to route', async () => {
    const ids = [0, 'a', null, { page: 3 }, [1, 'b'], 1.5, false];
    const found = await answers([
      ...ids.map((id) => ({ id, prompt: 'hello' })),
      { id: 'x', text: 'no prompt' },
    ]);
    assert.deepEqual(
      found.map(({ id }) => id),
      [...ids, 'x'],
    );
    assert.equal(typeof (found.at(-1) as { readonly error?: string }).error, 'string');
  });

  test('that nobody may take has every field too, with the reasons of those that were left out', async () => {
    const secret: SecretScan = async () => ['github'];
    const [found] = await answers([{ id: 1, prompt: 'hello', command: 'claude' }], [], secret);
    assert.deepEqual(Object.keys(found ?? {}).toSorted(), [...fields, 'failure'].toSorted());
    assert.deepEqual([found?.tier, found?.route, found?.model], [null, null, null]);
    assert.ok(found?.reasons.some(({ code }) => code === 'protectedSecret'));
  });

  test('does not depend on what came before it, nor on the machine', async () => {
    const lines = ['fix this', 'explain it', 'design a queue for all services', 'the second one too', 'hi']
      .flatMap((prompt) => ['chat', 'palette', 'menu', 'nowhere'].map((surface) => ({ prompt, surface })))
      .map((line, id) => ({ id, ...line }));
    const variables = { ...process.env };
    const whole = await answers(lines);
    try {
      process.env.OLLAMA_HOST = 'http://192.0.2.1:9';
      process.env.ANTHROPIC_API_KEY = 'none';
      process.env.LANG = 'de_DE';
      assert.deepEqual(await answers(lines.toReversed()), whole.toReversed());
    } finally {
      process.env = variables;
    }
  });

  test('has numbers from 0 to 1 and a model of the given list or of Claude', async () => {
    const models = ['gemma3:4b', 'phi4:14b'];
    const one = fc.record({
      id: fc.integer(),
      prompt: fc.string({ unit: 'grapheme', maxLength: 200 }),
      language: fc.option(fc.constantFrom('python', 'typescript', 'nothing'), { nil: undefined }),
      surface: fc.option(fc.constantFrom('chat', 'palette', 'x'), { nil: undefined }),
      command: fc.option(fc.constantFrom('tests', '/explain', 'maia.document', 'local', ''), {
        nil: undefined,
      }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 5 }), async (lines) => {
        const found = await answers(lines, models);
        assert.equal(found.length, lines.length);
        for (const { confidence, difficulty, localScore, route, model, tier, reasons } of found) {
          for (const share of [confidence, difficulty, localScore]) assert.ok(share >= 0 && share <= 1);
          assert.ok(reasons.length > 0);
          assert.equal(route === 'local', models.includes(model ?? ''));
          assert.equal(route === 'claude', tier !== null && (model ?? '').startsWith('claude-'));
        }
      }),
      { numRuns: 60 },
    );
  });
});
