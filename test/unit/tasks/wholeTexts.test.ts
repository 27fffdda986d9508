import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Request } from '../../../src/vocabulary/request.ts';
import { judged, prepared, requestOf, tasks } from './ask.ts';
import { codesOf, script, verdictOf } from './explained.ts';

describe('a document', () => {
  const asked = 'Write a README with sections Install, Usage, and Troubleshooting.';
  const whole = `# Ledger

## Installation

\`\`\`sh
npm install <package>
\`\`\`

## How to use it

Run \`ledger <file>\` with \`--dry-run\` first.

## Troubleshooting

| What you see | What to do |
|---|---|
| [EACCES](https://example.com/eacces) | Check [your rights][1] |
`;
  it('passes with every part that was asked for, however it is named', async () => {
    const usage = whole.replace('How to use it', 'Usage');
    assert.deepEqual(await verdictOf('prose', usage, {}, asked), {
      kind: 'passed',
      findings: [{ code: 'partsThere', params: { count: 3 } }],
    });
  });

  for (const [name, change, found] of [
    [
      'leaves a part out',
      (text: string) => text.replace(/## Troubleshooting[\s\S]*/, ''),
      'partMissing Troubleshooting',
    ],
    ['is cut in a block', (text: string) => text.slice(0, text.indexOf('\n```\n')), 'cutShort'],
    ['ends with a heading', (text: string) => text.slice(0, text.indexOf('| What')), 'cutShort'],
    [
      'leaves a place to fill',
      (text: string) => text.replace('Run ', '[Insert a short introduction here] Run '),
      'placeholder [Insert a short introduction here]',
    ],
    [
      "has a place for the reader's own words",
      (text: string) => text.replace('Run ', '<your text here> Run '),
      'placeholder <your text here>',
    ],
  ] as const) {
    it(`fails where it ${name}`, async () => {
      const codes = await codesOf('prose', change(whole.replace('How to use it', 'Usage')), {}, asked);
      assert.ok(codes.includes(found), codes.join(' | '));
    });
  }

  it('is looked at as a whole where a model puts all of it into one block', async () => {
    const usage = whole.replace('How to use it', 'Usage').trim();
    for (const answer of [
      `\`\`\`markdown\n${usage}\n\`\`\``,
      `Here is the README:\n\n\`\`\`\`md\n${usage}\n\`\`\`\`\n`,
    ])
      assert.equal((await verdictOf('prose', answer, {}, asked)).kind, 'passed', answer);
  });

  it('is not held to a list that asks for no parts', async () => {
    const question = 'Write a guide for setting up the server, the client and the proxy.';
    assert.equal(
      (await verdictOf('prose', '# Guide\n\nStart with the server.', {}, question)).kind,
      'notChecked',
    );
  });
});

describe('the human language of an answer', () => {
  const german =
    'Die Funktion prüft zuerst, ob der Wert gültig ist, und gibt dann das Ergebnis zurück, das von der Klasse gespeichert wird.';
  const chinese = '这个函数首先检查缓存里有没有这个值，然后返回结果。如果没有找到，它会从存储里读取。';
  it('is the one that the developer writes in', async () => {
    assert.deepEqual(await codesOf('explain', german, { target: script }, 'What does this do?'), [
      'otherSpeech German',
    ]);
    assert.deepEqual(await codesOf('explain', chinese, { target: script }, 'explain'), [
      'otherSpeech Chinese',
    ]);
    assert.deepEqual(await codesOf('explain', german, { target: script }, 'Was macht diese Funktion?'), []);
    assert.deepEqual(await codesOf('explain', chinese, { target: script }, '这段代码做什么？'), []);
    assert.deepEqual(
      await codesOf(
        'chat',
        'The function first checks the value and then returns it to the caller, which is what you want.',
        {},
        '这段代码做什么？',
      ),
      ['otherSpeech English'],
    );
  });

  it('is another one where that was asked for, or the editor is in it', async () => {
    assert.deepEqual(await codesOf('explain', german, { target: script }, 'Explain this in German'), []);
    assert.deepEqual(await codesOf('chat', german, {}, 'Translate: the function checks the value'), []);
    assert.deepEqual(
      await codesOf(
        'explain',
        german,
        { target: script, surface: 'command', locale: 'de' },
        'Explain this code.',
      ),
      [],
    );
  });

  it('is left alone where nobody can tell', async () => {
    for (const answer of ['OK.', '42', '`map`', 'SELECT * FROM t', 'pizza, pasta', 'npm i'])
      assert.deepEqual(await codesOf('chat', answer, {}, 'What does it print?'), []);
  });
});

describe('the first words of an answer', () => {
  const openingOf = async (
    text: string,
    more: Partial<Request> = { target: script },
    asked = 'What does this do?',
  ) =>
    tasks.opening(
      await prepared('explain', requestOf(asked, { task: 'explain', surface: 'chat', ...more })),
      text,
    )?.code;

  for (const [text, code] of [
    ["I'm sorry, but I can't assist with that request.", 'refusal'],
    ['I’m sorry, but as an AI language model I do not have access to your code', 'refusal'],
    ['Unfortunately, I cannot see the file that you are talking about.', 'refusal'],
    ['Es tut mir leid, aber ich kann den Code leider nicht sehen.', 'refusal'],
    ['Lo siento, pero no puedo ayudarte con eso.', 'refusal'],
    ['抱歉，我无法回答这个问题。', 'refusal'],
    ['Sure! Could you please provide the code snippet that you want me to explain?', 'refusal'],
    ['Please share the code you would like explained.', 'refusal'],
    ['<|im_start|>assistant\nThe function', 'formatLeftover'],
    ['[INST] What does this do? [/INST] It', 'formatLeftover'],
    ['First say in one sentence what the code does. Then explain', 'echoesPrompt'],
    ['Code from `session.ts`, line 11:\n```typescript', 'echoesPrompt'],
    ['这个函数首先检查缓存里有没有这个值，然后返回结果。', 'otherSpeech'],
    [`${'the value of the value of '.repeat(8)}`, 'repeats'],
  ] as const) {
    it(`are stopped: ${text.slice(0, 40).replace(/\n/g, ' ')}`, async () =>
      assert.equal(await openingOf(text), code));
  }

  for (const text of [
    'This method looks up the session that belongs to a raw token.',
    "Sure! Here's what `resolveToken` does:",
    "I'm glad you asked. The method cannot return `null`; it returns `undefined`.",
    'Sorry for the confusion earlier: the cache is looked at first.',
    'I am sorry to hear that your tests fail. The cause is on line 14.',
    'Unfortunately the cache never drops old entries, which',
    'As an AI-generated token, `rawToken` would be hashed',
    "No. You can't call it without a store, because",
    'What does this do? It hashes the token and',
    '```ts\nasync resolveToken(rawToken: string, userId?: string)',
    '# Overview\n\nThe class keeps sessions',
    '1. It hashes `rawToken`',
    '| Step | What happens |\n|---|---|\n| 1 | hash |',
    '<think>I am sorry, I cannot see',
    '<details>\n<summary>Steps</summary>',
    '-----------------------------------------------',
    '   ',
    '{"ok": true}',
  ])
    it(`go on: ${text.slice(0, 40).replace(/\n/g, ' ')}`, async () =>
      assert.equal(await openingOf(text), undefined));

  it('are no echo where they say again a short question', async () => {
    const asked = 'How do I reverse a list in Python?';
    assert.equal(await openingOf('To reverse a list in Python, call `reverse()`', {}, asked), undefined);
    const long = `${asked} I have tried reversed() and slices, and neither of them changes the list that I have.`;
    assert.equal(await openingOf(long, {}, long), 'echoesPrompt');
  });

  it('are not waited for by code that is held, or by a caller of Maia Auto', async () => {
    const relayed = await prepared('chat', requestOf('Hi', { surface: 'picker' }));
    assert.equal(tasks.opening(relayed, "I'm sorry, but I can't help with that."), undefined);
  });
});

describe('whatever an answer is', () => {
  const pieces = fc.constantFrom(
    '`',
    '``',
    '```',
    '~~~',
    '\n',
    '\r\n',
    '# ',
    '- ',
    '1. ',
    'line ',
    'L',
    '12',
    '99999',
    ' to ',
    'session.ts:',
    '(',
    ')',
    '<',
    '>',
    '[',
    ']',
    '.',
    '::',
    '->',
    'this.',
    'resolveToken',
    'fooBarBaz',
    'the parameter ',
    ' function',
    '…',
    'ß',
    '漢',
    '😀',
    '\u0000',
    '\uFEFF',
    '<|im_start|>',
    "I'm sorry",
    ' cannot ',
    '**',
    '|',
    '$',
    '\\',
    ' ',
  );
  it('the check ends, and says no more than what it can', async () => {
    const explain = await prepared('explain', requestOf('', { target: script }));
    const prose = await prepared('prose', requestOf('Write a README with sections A, B and C', {}));
    await fc.assert(
      fc.asyncProperty(
        fc.array(pieces, { maxLength: 80 }),
        fc.string({ unit: 'binary' }),
        async (list, junk) => {
          for (const text of [list.join(''), junk, list.join('') + junk])
            for (const draft of [explain, prose]) {
              assert.doesNotThrow(() => tasks.opening(draft, text));
              const { verdict, text: shown } = await judged(draft, text);
              assert.equal(shown, text);
              assert.ok(
                !verdict.findings.some(({ code }) => code === 'verifierFailed'),
                JSON.stringify(verdict),
              );
            }
        },
      ),
      { numRuns: 150 },
    );
  });

  for (const [name, piece] of [
    ['backticks', '`'],
    ['spans', '`fooBar` is called on line 12 and `bazQux()`. '],
    ['fences', '```ts\nx\n'],
    ['brackets', '[insert <your '],
    ['calls', '`a(b(c('],
    ['letters', 'a'],
    ['spaces', ' '],
    ['headings', '# '],
    ['apologies', "I'm sorry, "],
    ['lists', 'sections A, B and '],
  ] as const) {
    it(`2 MB of ${name} take no longer than a moment, as answer and as question`, async () => {
      const text = piece.repeat(Math.ceil(2_000_000 / piece.length));
      for (const task of ['explain', 'prose'] as const) {
        const began = process.cpuUsage();
        const draft = await prepared(
          task,
          requestOf(task === 'prose' ? `Write it: ${text}` : 'Why?', { target: script, surface: 'chat' }),
        );
        tasks.opening(draft, text);
        await judged(draft, text);
        const { user } = process.cpuUsage(began);
        assert.ok(user < 3_000_000, `${task}: ${user / 1000} ms`);
      }
    });
  }
});
