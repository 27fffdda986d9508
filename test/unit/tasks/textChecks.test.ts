import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Request } from '../../../src/vocabulary/request.ts';
import { targetOf } from './ask.ts';
import { codesOf, go, java, python, script, verdictOf } from './explained.ts';

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
