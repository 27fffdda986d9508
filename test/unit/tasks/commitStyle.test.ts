import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  inStyle,
  partsOf,
  prefixFault,
  styleOf,
  styleWords,
  subjectOf,
} from '../../../src/tasks/commit/commitStyle.ts';

const conventional = [
  'feat(parser): read dates with a zone',
  'fix(cli): end with 2 where the file is missing',
  'fix: keep the cursor',
  'docs: say how to start',
  'chore: raise the version',
  'feat(parser): read times',
];
const plain = ['Read dates with a zone', 'Keep the cursor', 'Say how to start', 'End with 2', 'Raise it'];
const never = () => false;

describe("a project's commit style", () => {
  it('is found where four in five of the last messages agree', () => {
    assert.deepEqual(styleOf(conventional), {
      conventional: {
        types: ['feat', 'fix', 'docs', 'chore'],
        scopes: ['parser', 'cli'],
        scoped: 'sometimes',
      },
      letter: 'lower',
      stop: false,
      limit: 72,
    });
    assert.deepEqual(styleOf(plain), { letter: 'upper', stop: false, limit: 72 });
  });

  it('is not read out of a few messages, of merges or of what tools wrote', () => {
    assert.deepEqual(styleOf(conventional.slice(0, 4)), { limit: 72 });
    assert.deepEqual(
      styleOf(['Merge branch a', 'Revert "x"', 'fixup! y', 'Initial commit', 'v1.2.3', ...plain.slice(0, 3)]),
      { limit: 72 },
    );
  });

  it('is none where the messages disagree', () => {
    assert.deepEqual(styleOf([...conventional.slice(0, 3), 'Keep it.', 'One more.', 'and so on']), {
      limit: 72,
    });
  });

  it('lets first lines be as long as nine in ten of theirs, however long these are', () => {
    const long = (length: number) => Array.from({ length: 6 }, (_, at) => `Line ${at} `.padEnd(length, 'a'));
    assert.equal(styleOf(long(90)).limit, 90);
    assert.equal(styleOf(long(140)).limit, 140);
  });

  it('is told to a model in a few plain sentences, and not at all where there is none', () => {
    assert.match(
      styleWords(styleOf(conventional)).join(' '),
      /`type: ` or `type\(scope\): `.*feat, fix, docs/,
    );
    assert.deepEqual(styleWords({ limit: 72 }), []);
  });

  it("takes the branch's ticket in the project's own form, and invents none", () => {
    const subjects = ['[ABC-1] Add a', '[ABC-2] Add b', '[ABC-3] Add c', '[ABC-4] Add d', '[ABC-5] Add e'];
    assert.equal(styleOf(subjects, 'feature/abc-77-cache').ticket, '[ABC-77] ');
    assert.equal(styleOf(subjects, 'main').ticket, undefined);
    assert.equal(styleOf(plain, 'ABC-77').ticket, undefined);
    const style = styleOf(subjects, 'ABC-77');
    assert.equal(inStyle(style, 'Add a cache', never), '[ABC-77] Add a cache');
    assert.equal(inStyle(style, '[ABC-9] Add a cache', never), '[ABC-9] Add a cache');
  });
});

describe('a first line', () => {
  it('without the prefix of the project, or with a type that nobody uses, is at fault', () => {
    const style = styleOf(conventional);
    assert.match(prefixFault(style, 'Add a cache', never) ?? '', /^feat: …, fix: …/);
    assert.ok(prefixFault(style, 'wibble: add a cache', never));
    assert.equal(prefixFault(style, 'perf: add a cache', never), undefined);
    assert.equal(prefixFault(style, 'feat(parser)!: add a cache', never), undefined);
    assert.ok(prefixFault(style, 'feat(unheard): add a cache', never));
    assert.equal(
      prefixFault(style, 'feat(cache): add one', (scope) => scope === 'cache'),
      undefined,
    );
    assert.equal(prefixFault({ limit: 72 }, 'wibble: add a cache', never), undefined);
  });

  it('gets the letter and the full stop of the project without being written anew', () => {
    assert.equal(inStyle(styleOf(conventional), 'Feat: Add a cache.', never), 'feat: add a cache');
    assert.equal(inStyle(styleOf(plain), 'add a cache.', never), 'Add a cache');
    assert.equal(inStyle(styleOf(plain.map((one) => `${one}.`)), 'add a cache', never), 'Add a cache.');
  });

  it('keeps a name as it is written', () => {
    const style = styleOf(plain);
    assert.equal(inStyle(style, 'parseDate reads zones', never), 'parseDate reads zones');
    assert.equal(inStyle(style, 'parse_date reads zones', never), 'parse_date reads zones');
    assert.equal(inStyle(styleOf(conventional), 'fix: README says how', never), 'fix: README says how');
    assert.equal(
      inStyle(styleOf(conventional), 'fix: Ollama is asked again', (word) => word === 'Ollama'),
      'fix: Ollama is asked again',
    );
  });

  it('is the same once it was taken apart and put together, whatever it says', () => {
    const word = fc.stringMatching(/^[A-Za-z]{1,8}$/);
    const subject = fc
      .tuple(
        fc.constantFrom('', 'ABC-1 ', '[AB-22] '),
        word,
        fc.constantFrom('', '(x)'),
        fc.constantFrom('', '!'),
        fc.string(),
      )
      .map(([ticket, type, scope, mark, text]) => `${ticket}${type}${scope}${mark}: ${text.trim()}`);
    fc.assert(
      fc.property(fc.oneof(subject, fc.string()), (line) => {
        assert.equal(subjectOf(partsOf(line)).replace(/: +/, ': '), line.replace(/: +/, ': '));
      }),
    );
  });

  it('brought into a style once is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...conventional, ...plain)), fc.string(), (subjects, line) => {
        const style = styleOf(subjects);
        const once = inStyle(style, line, never);
        assert.equal(inStyle(style, once, never), once);
      }),
    );
  });
});
