import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Request } from '../../../src/vocabulary/request.ts';
import type { Task } from '../../../src/vocabulary/task.ts';
import { judged, prepared, requestOf, targetOf, tasks } from './ask.ts';

const script = targetOf(
  '/project/src/session.ts',
  `import { createHash } from 'node:crypto';
import type { Store } from './store.ts';

const MAX_AGE_MS = 30 * 60 * 1000;

export class SessionCache {
  private readonly entries = new Map<string, { value: string; expiresAt: number }>();

  constructor(private readonly store: Store) {}

  /* the cursor */ async ¦resolveToken(rawToken: string, userId?: string): Promise<string | undefined> {
    const key = createHash('sha256').update(rawToken).digest('hex');
    const cached = this.entries.get(key);
    if (cached && cached.expiresAt > Date.now()) return cached.value;
    const found = await this.store.findByHash(key);
    if (!found || (userId !== undefined && found.owner !== userId)) return undefined;
    this.entries.set(key, { value: found.value, expiresAt: Date.now() + MAX_AGE_MS });
    return found.value;
  }
}
`,
);
const python = targetOf(
  '/project/report.py',
  `import csv
from collections import defaultdict
from pathlib import Path


def load_totals(path, *, delimiter=",", skip_empty=True):
    ¦totals = defaultdict(float)
    with Path(path).open(newline="") as handle:
        for row in csv.DictReader(handle, delimiter=delimiter):
            if skip_empty and not row["amount"]:
                continue
            totals[row["account"]] += float(row["amount"])
    return dict(totals)
`,
);
const go = targetOf(
  '/project/queue.go',
  `package queue

import (
	"context"
	"errors"
	"sync"
)

var ErrClosed = errors.New("queue closed")

type Queue struct {
	mu     sync.Mutex
	items  []string
	closed bool
}

func (q *Queue) ¦PopWait(ctx context.Context) (string, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return "", ErrClosed
	}
	if len(q.items) == 0 {
		return "", ctx.Err()
	}
	head := q.items[0]
	q.items = q.items[1:]
	return head, nil
}
`,
);
const java = targetOf(
  '/project/Money.java',
  `package shop;

import java.math.BigDecimal;
import java.util.List;

public final class Money {
    private final BigDecimal amount;

    Money(BigDecimal amount) { this.amount = amount; }

    public static Money ¦sumOf(List<Money> parts) {
        BigDecimal total = BigDecimal.ZERO;
        for (Money part : parts) {
            total = total.add(part.amount);
        }
        return new Money(total);
    }
}
`,
);

async function verdictOf(task: Task, answer: string, more: Partial<Request> = {}, asked = '') {
  const draft = await prepared(task, requestOf(asked, { task, surface: 'chat', ...more }));
  return (await judged(draft, answer)).verdict;
}

async function codesOf(task: Task, answer: string, more: Partial<Request> = {}, asked = '') {
  const { kind, findings } = await verdictOf(task, answer, more, asked);
  return kind === 'failed'
    ? findings.map(({ code, params }) => `${code} ${Object.values(params).join()}`.trim())
    : [];
}

describe('an explanation that is right', () => {
  const right: readonly (readonly [string, typeof script, string])[] = [
    [
      'in the order of the code',
      script,
      `\`resolveToken\` looks up the session that belongs to a raw token.

1. It hashes \`rawToken\` with SHA-256 (\`createHash('sha256')\`) and turns the digest into hex, so the token itself is never a key.
2. It looks in the \`entries\` map. If \`cached\` is there and \`expiresAt\` lies after \`Date.now()\`, \`cached.value\` is returned at once.
3. Otherwise it awaits \`this.store.findByHash(key)\`. When nothing is found, or \`userId\` is given and is not \`found.owner\`, it returns \`undefined\`.
4. The value goes into the cache with \`this.entries.set(...)\` for \`MAX_AGE_MS\` (30 minutes).

**Pitfalls**
- Entries are never removed, so the \`Map\` grows; a \`setInterval\` or an LRU cache such as \`lru-cache\` would help.
- A cached value is returned without looking at \`userId\`.
- \`findByHash\` may reject; the \`Promise\` then rejects too, as there is no \`try\`/\`catch\`.
- You could add a \`deleteExpired()\` method, or call \`entries.delete(key)\` when it is old.`,
    ],
    [
      'with lines and pieces of code',
      script,
      `The method \`SessionCache.resolveToken()\` takes a \`rawToken\` of type \`string\` and an optional \`userId\`, and returns \`Promise<string | undefined>\`.

- Line 12: \`const key = createHash('sha256').update(rawToken).digest('hex')\`
- Lines 13–14 look into the cache; \`cached.expiresAt > Date.now()\` on line 14 is the check of its age.
- On line 17 the entry is stored (see \`session.ts:17\`).

\`\`\`ts
const cache = new SessionCache(store);
const value = await cache.resolveToken('abc', 'user-1');
\`\`\`

It is like \`memoize\` in \`lodash\`, but with \`Array.prototype.find\`-like misses. \`O(1)\` per call. Use \`--inspect\` or \`npm test\` to try it, with \`NODE_ENV=test\` in \`.env\`.`,
    ],
    [
      'of Python',
      python,
      `\`load_totals\` reads a CSV file and returns a \`dict\` of sums per account.

* \`defaultdict(float)\` starts each account at \`0.0\`, so no \`KeyError\` is raised and no \`setdefault\` is needed.
* \`Path(path).open(newline="")\` opens the file; \`csv.DictReader\` yields each \`row\` as a dictionary.
* The keyword-only parameters \`delimiter\` and \`skip_empty\` follow the \`*\`.
* \`float(row["amount"])\` raises \`ValueError\` for text such as \`"abc"\`; wrap it in \`try\`/\`except\` or use \`decimal.Decimal\` for money.
* A file that is missing raises \`FileNotFoundError\`. \`isinstance()\` checks are not made.

The equivalent in pandas would be \`df.groupby("account")["amount"].sum()\`; in SQL, \`SELECT account, SUM(amount) FROM t GROUP BY account\`.`,
    ],
    [
      'of Go',
      go,
      `\`PopWait\` removes and returns the first item of the queue.

- \`q.mu.Lock()\` with \`defer q.mu.Unlock()\` protects \`items\` and \`closed\`.
- If \`closed\` is \`true\`, it returns an empty \`string\` and \`ErrClosed\` (test it with \`errors.Is(err, ErrClosed)\`).
- With no items it returns \`ctx.Err()\`, which is \`nil\` while the context is alive, or \`context.Canceled\` / \`context.DeadlineExceeded\`.
- \`q.items[1:]\` keeps the backing array alive. Despite its name it does not wait: \`sync.Cond\` or a channel (\`chan string\`) with \`select\` would.`,
    ],
    [
      'of Java',
      java,
      `The static method \`sumOf\` adds up a \`List<Money>\`:

1. \`total\` starts at \`BigDecimal.ZERO\`.
2. The \`for\` loop calls \`total.add(part.amount)\` for each \`part\`; a \`BigDecimal\` is immutable, so the result is assigned again.
3. A \`new Money(total)\` is returned.

A \`null\` in \`parts\` gives a \`NullPointerException\`. With streams it could read \`parts.stream().map(Money::getAmount).reduce(BigDecimal.ZERO, BigDecimal::add)\`. Consider \`Objects.requireNonNull(parts)\`.`,
    ],
    [
      'in German to a German question',
      script,
      'Die Methode `resolveToken` prüft zuerst, ob der Wert im Cache ist und noch gilt. Wenn nicht, wird er mit `findByHash` aus dem `store` geholt und für `MAX_AGE_MS` gespeichert. Das Ergebnis ist `undefined`, wenn der Besitzer nicht zu `userId` passt.',
    ],
  ];
  for (const [name, target, answer] of right) {
    it(`passes: ${name}`, async () => {
      const asked = name.includes('German') ? 'Was macht diese Funktion und wie wird sie benutzt?' : '';
      const verdict = await verdictOf('explain', answer, { target }, asked);
      assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
      assert.ok(verdict.findings.some(({ code }) => code === 'namesKnown'));
    });
  }

  it('that names nothing is not called checked', async () => {
    const verdict = await verdictOf('explain', 'It looks a session up and keeps it for a while.', {
      target: script,
    });
    assert.deepEqual(verdict, { kind: 'notChecked', findings: [{ code: 'nothingToCheck', params: {} }] });
  });
});

describe('an explanation that is wrong', () => {
  const base = '`resolveToken` hashes `rawToken` and looks into `entries`.';
  for (const [name, answer, found] of [
    ['calls what is not there', `${base} It then calls \`refreshSession()\`.`, 'unknownName refreshSession'],
    [
      'has a member that is not there',
      `${base} The value is kept in \`this.tokenRegistry\`.`,
      'unknownName tokenRegistry',
    ],
    [
      'invents a parameter',
      `${base} The \`timeout\` parameter says how long it waits.`,
      'unknownName timeout',
    ],
    [
      'invents a constant',
      `${base} Its age is held against \`SESSION_TTL_SECONDS\`.`,
      'unknownName SESSION_TTL_SECONDS',
    ],
    ['invents a class', `${base} The class \`TokenValidator\` does the rest.`, 'unknownName TokenValidator'],
    ['speaks of a line that is not there', `${base} See line 240.`, 'lineWrong line 240'],
    ['speaks of lines beyond the end', `${base} Lines 14-90 do the rest.`, 'lineWrong Lines 14-90'],
    ['says of a line what another says', `${base} Line 12: \`return found.value;\``, 'lineWrong Line 12'],
    [
      'quotes a line that is elsewhere',
      `${base} It returns \`cached.value\` (line 18).`,
      'lineWrong line 18',
    ],
  ] as const) {
    it(name, async () => {
      assert.deepEqual(await codesOf('explain', answer, { target: script }), [found]);
    });
  }

  it('says the same sentence over and over, with others between', async () => {
    const again = '`resolveToken` is designed to be used in a way that is not possible otherwise.';
    const answer = [again, 'It is one.', again, 'It is another one.', again].join('\n\n');
    assert.deepEqual(await codesOf('explain', answer, { target: script }), ['repeats']);
    assert.deepEqual(await codesOf('explain', `${again}\n\n${base} ${again}`, { target: script }), []);
  });

  it('quotes the code with a call in it that is not there', async () => {
    const quote = (line: string) => `${base}\n\n\`\`\`ts
const cached = this.entries.get(key);
if (cached && cached.expiresAt > Date.now()) return cached.value;
${line}
const found = await this.store.findByHash(key);
\`\`\``;
    assert.deepEqual(await codesOf('explain', quote('await refreshSession(key);'), { target: script }), [
      'unknownName refreshSession',
    ]);
    assert.deepEqual(await codesOf('explain', quote('// not found: ask the store'), { target: script }), []);
    const example = `${base}\n\n\`\`\`ts
const cache = new SessionCache(openStore());
const value = await cache.resolveToken(readToken());
\`\`\``;
    assert.deepEqual(await codesOf('explain', example, { target: script }), []);
  });

  it('takes the code for another language', async () => {
    assert.deepEqual(
      await codesOf('explain', `This is a Python function that waits. \`PopWait\` locks.`, { target: go }),
      ['otherLanguage Python'],
    );
    for (const fine of [
      'This is a Go method. It is unlike the Python function `queue.get`.',
      'This method is not a Python generator: `PopWait` returns once.',
      'The queue is like a JavaScript array.',
    ])
      assert.deepEqual(await codesOf('explain', fine, { target: go }), []);
  });

  it('is told by the name that the developer sees, at most three of them', async () => {
    const answer = 'It calls `oneThing()`, `otherThing()`, `thirdThing()` and `fourthThing()`.';
    assert.equal((await codesOf('explain', answer, { target: script })).length, 3);
  });

  it('of Python, Go and Java is found as well', async () => {
    assert.deepEqual(
      await codesOf('explain', '`load_totals` calls `parse_amount()` first.', { target: python }),
      ['unknownName parse_amount'],
    );
    assert.deepEqual(await codesOf('explain', '`PopWait` calls `waitForItem` first.', { target: go }), [
      'unknownName waitForItem',
    ]);
    assert.deepEqual(await codesOf('explain', '`sumOf` calls `convertCurrency()` first.', { target: java }), [
      'unknownName convertCurrency',
    ]);
  });
});

describe('what an answer may name that is not in the code', () => {
  it('is what the developer named, or the turns before', async () => {
    const answer = '`resolveToken` does not use `refreshSession()`; the method `closeAll` is elsewhere too.';
    const messages: Request['messages'] = [
      { role: 'user', parts: [{ type: 'text', text: 'Where is closeAll?' }] },
      { role: 'assistant', parts: [{ type: 'text', text: 'In another file.' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Does this use refreshSession?' }] },
    ];
    assert.deepEqual(await codesOf('explain', answer, { target: script, messages }), []);
  });

  it('is what a review proposes, in its own code or in its own words', async () => {
    const answer = `- \`entries\` is never emptied. Add a \`removeExpired()\` method and rename \`key\` to \`tokenHash\`.

\`\`\`ts
function evictOldest(limit: number) {}
\`\`\`

Call \`evictOldest(1000)\` after \`entries.set\`.`;
    assert.deepEqual(await codesOf('review', answer, { target: script }), []);
  });

  it('is what a language has that nobody can list', async () => {
    const sql = targetOf('/project/top.sql', '«SELECT name FROM accounts WHERE balance > 0»');
    const answer =
      'It reads `name`; `ROW_NUMBER()` or `CURRENT_TIMESTAMP` are not used, and `COUNT(*)` would count.';
    assert.deepEqual(await codesOf('explain', answer, { target: sql }), []);
    const c = targetOf('/project/a.cpp', 'int ¦twice(int value) {\n  return value * 2;\n}\n');
    assert.deepEqual(
      await codesOf(
        'explain',
        '`twice` overflows beyond `INT_MAX`; `int64_t` or `printf()` of `value` shows it.',
        { target: c },
      ),
      [],
    );
  });

  it('is anything where no code was given', async () => {
    const verdict = await verdictOf(
      'chat',
      'Use `git rebase --onto` or call `doTheThing()`.',
      {},
      'How do I move a branch?',
    );
    assert.equal(verdict.kind, 'notChecked');
  });

  it('is what stands elsewhere in the same file', async () => {
    const answer =
      '`resolveToken` belongs to the class `SessionCache`, whose `store` is set in its constructor.';
    assert.equal((await verdictOf('explain', answer, { target: script })).kind, 'passed');
  });
});

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
