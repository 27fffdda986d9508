import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskFiles } from '../../../src/platform/node/diskFiles.ts';
import type { Question } from '../../../verify/cascadeQuestions.ts';
import { cascadeLines, uncheckedOf } from '../../../verify/cascadeReport.ts';
import { playCell, type Setup } from '../../../verify/cascadeRun.ts';

const file = `export function addVat(net: number, rate: number): number {
  return net * (1 + rate);
}
`;
const right =
  '/**\n * Adds the tax to a price.\n *\n * @param net the price before tax\n * @param rate the tax, 0..1\n * @returns the price with it\n */';
const question: Question = {
  task: 'document',
  asked: { task: 'document', language: 'typescript', path: '/project/vat.ts', file, line: 1, answer: '' },
  right,
  spoilt: [right.replace('@param rate', '@param speed'), "I'm sorry, but I can't help with that."],
};
const questions = [question, question];
const allLocal = { 'maia.tasks': { document: 'local' } };
const played = (setup: Partial<Setup>) =>
  playCell(
    questions,
    { badShare: 1, claudeRight: 1, mends: false, settings: allLocal, seed: 1, ...setup },
    diskFiles,
  );

test('right local answers stay local and cost nothing', async () => {
  const { played: all, usd } = await played({ badShare: 0 });
  assert.ok(
    all.every(({ good, firstLocal, escalated, repaired }) => good && firstLocal && !escalated && !repaired),
  );
  assert.equal(usd, 0);
});

test('bad local answers are found out, tried once more, and answered by Claude for money and time', async () => {
  const cell = await played({});
  assert.equal(cell.played.length, 2);
  assert.ok(cell.played.every(({ good, marked, escalated }) => good && !marked && escalated));
  assert.ok(cell.usd > 0);
  assert.ok(cell.played.every(({ seconds, firstSeconds }) => seconds > firstSeconds && firstSeconds > 0));
  const unchecked = uncheckedOf(cell);
  assert.ok(unchecked.played.every(({ good, marked }) => !good && !marked));
  assert.equal(unchecked.usd, 0);
});

test('a model that mends saves Claude', async () => {
  const { played: all, usd } = await played({ mends: true });
  assert.ok(all.every(({ good, repaired, escalated }) => good && repaired && !escalated));
  assert.equal(usd, 0);
});

test('where Claude is wrong too, nothing bad is shown as if it were checked', async () => {
  const { played: all } = await played({ claudeRight: 0, settings: { 'maia.mode': 'claudeOnly' } });
  assert.ok(all.every(({ good, marked, firstLocal }) => (good || marked) && !firstLocal));
});

test('the table has a line for each way, under its share', async () => {
  const cell = await played({ badShare: 0.5 });
  const lines = cascadeLines([
    { name: 'Maia', badShare: 0.5, cell },
    { name: 'local, no check', badShare: 0.5, cell: uncheckedOf(cell) },
  ]);
  assert.equal(lines[1], '50 %');
  assert.match(lines[2] ?? '', /^ {4}Maia +100 % /);
  assert.match(lines[3] ?? '', /^ {4}local, no check +50 % +50 % /);
});
