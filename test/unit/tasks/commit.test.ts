import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { messageOf } from '../../../src/tasks/commit/commitMessage.ts';
import { NamedText, namesIn } from '../../../src/tasks/commit/namesIn.ts';
import type { CommitFacts, ContextItem, Request } from '../../../src/vocabulary/request.ts';
import { judged, prepared, requestOf } from './ask.ts';

const parser = `diff --git a/src/dates/parseDate.ts b/src/dates/parseDate.ts
index 1..2 100644
--- a/src/dates/parseDate.ts
+++ b/src/dates/parseDate.ts
@@ -1,4 +1,6 @@ export function parseDate(text: string): Date {
-  return new Date(text);
+  const zone = readZone(text);
+  if (zone === undefined) throw new RangeError('no zone');
+  return withZone(text, zone);
`;
const change = (path: string, text: string): ContextItem => ({
  kind: 'change',
  path,
  text,
  languageId: 'diff',
});
const facts: CommitFacts = { subjects: [], unread: [], untracked: [] };

function commit(
  commit: Partial<CommitFacts> = {},
  context: readonly ContextItem[] = [],
  more: Partial<Request> = {},
) {
  return prepared('commit', {
    ...requestOf('Write the commit message for this change.', { surface: 'command' }),
    context: [change('/p/src/dates/parseDate.ts', parser), ...context],
    commit: { ...facts, ...commit },
    ...more,
  });
}

async function verdictOf(answer: string, known: Partial<CommitFacts> = {}) {
  return (await judged(await commit(known), answer)).verdict;
}

describe('a request for a commit message', () => {
  it('shows the change by file, the last messages for their style, and what is only named', async () => {
    const { messages, held } = await commit(
      { subjects: ['Read dates', 'Read times'], untracked: ['notes.md'], hint: 'zones' },
      [change('/p/package-lock.json', 'diff --git a/package-lock.json b/package-lock.json\n+x')],
    );
    const said = JSON.stringify(messages.at(-1));
    assert.equal(held, true);
    assert.match(said, /```diff\\ndiff --git a\/src\/dates\/parseDate\.ts/);
    assert.match(said, /Read dates\\nRead times/);
    assert.match(said, /Also changed, but not shown: package-lock\.json\./);
    assert.match(said, /New files: notes\.md\./);
    assert.match(said, /zones/);
    assert.doesNotMatch(said, /\+x/);
  });

  it('names every file to whom guards them, those without text too', async () => {
    const { paths } = await commit({}, [change('/p/.env', '')]);
    assert.deepEqual(paths, ['/p/src/dates/parseDate.ts', '/p/.env']);
  });

  it('keeps to a size that a small window holds', async () => {
    const large = Array.from({ length: 30 }, (_, at) =>
      change(`/p/${at}.ts`, `+++ b/${at}.ts\n${'+x\n'.repeat(9_000)}`),
    );
    const { messages } = await commit({}, large);
    assert.ok(JSON.stringify(messages).length < 40_000);
  });
});

describe('a commit message', () => {
  it('that names what is in the change passes', async () => {
    for (const answer of [
      'Read the zone in parseDate',
      'Read the zone in `parseDate()`\n\n`readZone` may find none: then a RangeError is thrown.',
      'Change src/dates/parseDate.ts',
      'Throw where a date has no zone',
    ])
      assert.equal((await verdictOf(answer)).kind, 'passed', answer);
  });

  it('that names a file or a symbol which is not there fails, and says which', async () => {
    for (const [answer, name] of [
      ['Read the zone in parseTime', 'parseTime'],
      ['Add `TimeZoneCache` to the parser', 'TimeZoneCache'],
      ['Change src/dates/parseTime.ts', 'src/dates/parseTime.ts'],
      ['Read zones\n\nFixes #42', '#42'],
      ['Add the --zone option', '--zone'],
      ['Set MAX_ZONES', 'MAX_ZONES'],
    ] as const)
      assert.deepEqual(
        (await verdictOf(answer)).findings,
        [{ code: 'notInChange', params: { name } }],
        answer,
      );
  });

  it('may take up the branch, the words in the box and the new files', async () => {
    const known = { branch: 'fix/42-zones', hint: 'for parseTime', untracked: ['docs/zones.md'] };
    for (const answer of ['Read zones as parseTime does', 'Describe zones in docs/zones.md'])
      assert.equal((await verdictOf(answer, known)).kind, 'passed', answer);
  });

  it('is not blamed for a name where some of the change was too long to read', async () => {
    assert.equal((await verdictOf('Read the zone in parseTime', { unread: ['b.ts'] })).kind, 'passed');
  });

  it('that says nothing of the change is unchecked, never passed', async () => {
    for (const answer of [
      'Update code',
      'Improve handling',
      'Fix bug',
      'Let the parser draw pretty blue graphs',
    ])
      assert.equal((await verdictOf(answer)).kind, 'notChecked', answer);
  });

  it('without the prefix that the project always writes fails', async () => {
    const subjects = ['feat: a', 'fix: b', 'feat: c', 'docs: d', 'feat: e'];
    const { kind, findings } = await verdictOf('Read the zone in parseDate', { subjects });
    assert.equal(kind, 'failed');
    assert.deepEqual(findings, [{ code: 'otherCommitStyle', params: { style: 'feat: …, fix: …, docs: …' } }]);
    assert.equal((await verdictOf('fix: read the zone in parseDate', { subjects })).kind, 'passed');
  });

  it('that is too long, empty, a refusal, a loop, cut or a diff fails', async () => {
    const codes = [];
    for (const answer of [
      `Read the zone of a date in parseDate ${'and so on '.repeat(10)}`,
      '   ',
      "I'm sorry, but I can't help with that.",
      'Read the zone of it\n'.repeat(60),
      '```\nRead the zone',
      'diff --git a/x b/x',
      '<type>: read the zone',
    ])
      codes.push((await verdictOf(answer)).findings[0]?.code);
    assert.deepEqual(codes, [
      'subjectTooLong',
      'emptyAnswer',
      'refusal',
      'repeats',
      'cutShort',
      'promptLeftover',
      'placeholder',
    ]);
  });

  it('is shown as a block in chat, and plain where it goes into the box', async () => {
    const answer = 'Here is the message:\n\nRead the zone in parseDate';
    assert.equal((await judged(await commit(), answer)).text, 'Read the zone in parseDate');
    const inChat = await commit({}, [], { surface: 'chat' });
    assert.equal((await judged(inChat, answer)).text, '```\nRead the zone in parseDate\n```');
  });

  it('is taken out of fences, labels, quotes, a shell command and talk', () => {
    for (const answer of [
      'Add a cache\n\nIt is quick.',
      '```text\nAdd a cache\n\nIt is quick.\n```\nLet me know!',
      '**Commit message:**\n\nAdd a cache\nIt is quick.',
      'Sure! Here is it:\n\n# Add a cache\n\nIt is quick.\n\nThis message follows the rules.',
      'git commit -m "Add a cache" -m "It is quick."',
      '"Add a cache\n\nIt is quick."',
      '<think>hm</think>**Add a cache**\r\n\r\nIt is quick.\r\n',
    ])
      assert.equal(messageOf(answer), 'Add a cache\n\nIt is quick.', answer);
  });

  it('loses nothing when it is taken out twice, and no text breaks the check', async () => {
    const plan = await commit({ subjects: ['feat: a', 'fix: b', 'feat: c', 'docs: d', 'feat: e'] });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (answer) => {
        const { verdict } = await judged(plan, answer);
        assert.ok(!verdict.findings.some(({ code }) => code === 'verifierFailed'), JSON.stringify(verdict));
      }),
      { numRuns: 60 },
    );
  });
});

describe('names in a message', () => {
  it('are what looks like code, and not words, brands, addresses or numbers', () => {
    assert.deepEqual(
      namesIn(
        'Let parseDate() and `a b` in src/x/y.ts and package.json use read_zone, not TimeZone or --fast (#7)',
      ),
      ['a b', 'src/x/y.ts', 'package.json', 'parseDate', 'TimeZone', 'read_zone', '--fast', '#7'],
    );
    assert.deepEqual(
      namesIn(
        'Use TypeScript and Node.js on macOS and/or GitHub, see https://a.example/x_y.ts, e.g. UTF-8, 1.2.3, me@a.example',
      ),
      [],
    );
  });

  it('that stand in a text are found in it, in whatever case', () => {
    const text = fc.array(fc.stringMatching(/^[a-zA-Z_]{2,10}$/), { minLength: 1 });
    fc.assert(
      fc.property(text, fc.nat(), (words, at) => {
        const word = words[at % words.length] as string;
        const named = new NamedText(words.join(' '));
        assert.ok(named.has(word) && named.has(word.toUpperCase()));
        assert.ok(!named.has(`${word}0`));
      }),
    );
  });
});
