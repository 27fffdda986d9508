import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { documentName } from '../../../src/surfaces/documentName.ts';

const asking = (text: string) => ({
  messages: [{ role: 'user' as const, parts: [{ type: 'text' as const, text }] }],
});

test('a document is offered under its title', () => {
  assert.equal(
    documentName('# Restore a Backup: the Runbook\n\nText', asking('Write a runbook')),
    'restore-a-backup-the-runbook.md',
  );
  assert.equal(
    documentName('Intro\n\n## Größe ändern\n', asking('Schreib eine Anleitung')),
    'größe-ändern.md',
  );
});

test('a README keeps the name that a README has', () => {
  assert.equal(documentName('# The Ledger', asking('Write a README for this module')), 'README.md');
});

test('a document without a title has a name all the same', () => {
  assert.equal(documentName('Only text', asking('Write something')), 'document.md');
  assert.equal(documentName('# CON', asking('Write something')), 'document.md');
});

test('whatever the title is, the name is no path and no longer than a name may be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const name = documentName(`# ../${title}/..\\x`, asking('Write it'));
      assert.match(name, /^[\p{L}\p{M}\p{N}-]{1,60}\.md$/u);
    }),
  );
});
