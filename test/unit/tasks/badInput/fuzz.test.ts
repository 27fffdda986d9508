import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Task } from '../../../../src/vocabulary/task.ts';
import { judged, never, prepared, requestOf, tools } from '../ask.ts';
import { examples, exampleTarget, fenced, writing } from './languages.ts';

/** What models put where it does not belong. */
const scraps = fc.constantFrom(
  ...['```', '```ts\n', '~~~', '/**', '*/', '"""', "'''", '//', '#', '@@ -1 +1 @@\n', '+', '-', '\n\n'],
  ...['{', '}', '(', ')', ';', ' + 1', ' - 1', 'return ', 'pass\n', '\r\n', '\t', '\uFEFF', '\0', '…', '${'],
  ...['@param depth - unknown\n', '<think>', '</think>', 'TODO', '...', 'Sure! Here it is:\n', 'I am sorry'],
);

type Change = (answer: string) => string;

/** One change of an answer: a piece cut out, doubled, put elsewhere, or a scrap put in. */
const change: fc.Arbitrary<Change> = fc
  .tuple(
    fc.constantFrom('cut', 'double', 'move', 'insert', 'end', 'swap'),
    fc.nat(1000),
    fc.nat(1000),
    scraps,
  )
  .map(
    ([how, one, two, scrap]): Change =>
      (answer) => {
        const at = Math.floor((one / 1001) * answer.length);
        const to = Math.min(answer.length, at + (two % 60));
        const piece = answer.slice(at, to);
        const rest = answer.slice(0, at) + answer.slice(to);
        switch (how) {
          case 'cut':
            return rest;
          case 'double':
            return answer.slice(0, to) + piece + answer.slice(to);
          case 'move':
            return `${rest.slice(0, two % (rest.length + 1))}${piece}${rest.slice(two % (rest.length + 1))}`;
          case 'insert':
            return answer.slice(0, at) + scrap + answer.slice(at);
          case 'end':
            return answer.slice(0, at);
          default:
            return answer.replace(/[+*/<>=-]/, scrap);
        }
      },
  );

const changes = fc.array(change, { minLength: 1, maxLength: 4 });

for (const [languageId, example] of Object.entries(examples))
  for (const [name, right] of Object.entries(writing))
    describe(`an answer to ${name} in ${example.fence}, changed at random`, () => {
      const task = name as Task;
      const target = exampleTarget(example);
      const answer = `Here it is:\n\n${fenced(right(example), example.fence)}\n\nIt does what was asked.`;

      it('never makes the check fail, and what passes parses and says no other program', async () => {
        const draft = await prepared(task, requestOf('', { task, target }));
        await fc.assert(
          fc.asyncProperty(changes, async (some) => {
            const spoilt = some.reduce((text, one) => one(text), answer);
            const { verdict, proposal } = await judged(draft, spoilt);
            assert.ok(
              !verdict.findings.some(({ code }) => code === 'verifierFailed'),
              JSON.stringify(verdict),
            );
            assert.equal(proposal === undefined || proposal.verdict === verdict, true);
            if (verdict.kind !== 'passed') return;
            assert.ok(proposal, 'it passed, and there is nothing to apply');
            const after = { languageId, text: proposal.after };
            const parsed = await tools.code.parse(after, never);
            assert.deepEqual(parsed.ok && parsed.value.errorLines, [], proposal.after);
            if (task === 'tests') return;
            assert.equal(proposal.before, target.text);
            if (task !== 'document') return;
            const same = await tools.code.sameProgram({ languageId, text: target.text }, after, never);
            assert.deepEqual(same, { ok: true, value: { same: true, line: 0 } }, proposal.after);
          }),
          { numRuns: 40 },
        );
      });
    });
