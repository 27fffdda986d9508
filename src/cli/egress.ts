import type { Engine } from '../engine/engine.ts';
import { allowedWords } from '../phrases/egress.ts';
import { readableBytes } from '../phrases/plainText.ts';
import type { EgressRow } from '../vocabulary/egress.ts';
import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';
import { periodOf } from './savings.ts';

/**
 * What left this machine in a period, the newest first.
 * @throws WrongUse where there is no such period
 */
export async function egress(
  engine: Engine,
  output: Output,
  { period, json, jsonl }: Pick<Arguments, 'period' | 'json' | 'jsonl'>,
): Promise<number> {
  const rows = await engine.left(periodOf(period));
  if (jsonl) for (const row of rows) output.data(row);
  else if (json) output.data(rows);
  else output.say(asPeopleRead(rows));
  return 0;
}

function asPeopleRead(rows: readonly EgressRow[]): string {
  if (rows.length === 0) return 'Maia has sent nothing from this machine in that time.';
  const cells = rows.map((row) => [
    new Date(row.at).toISOString().replace('T', ' ').slice(0, 19),
    row.host,
    row.model,
    readableBytes(row.bytes),
    allowedWords(row.allowedBecause),
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
