import type { Engine } from '../engine/engine.ts';
import type { MoneyRange } from '../vocabulary/attempt.ts';
import type { Period, Summary } from '../vocabulary/summary.ts';
import { dollars } from './ask.ts';
import type { Output } from './output.ts';

const periods: readonly Period[] = ['day', 'week', 'month', 'all'];

/** @throws TypeError with a sentence for the terminal where there is no such period. */
export async function savings(engine: Engine, output: Output, asked: string, json: boolean): Promise<number> {
  const period = periods.find((one) => one === asked);
  if (!period) throw new TypeError(`There is no period "${asked}". There are: ${periods.join(', ')}.`);
  const summary = await engine.summary(period);
  output.answer(json ? `${JSON.stringify(summary)}\n` : `${asPeopleRead(summary)}\n`);
  return 0;
}

function asPeopleRead(summary: Summary): string {
  const { metrics } = summary;
  const local = metrics.auto_routed_to_local + metrics.manual_routed_to_local;
  const rows: [string, string][] = [
    ['requests', String(metrics.total_requests)],
    ['answered locally', `${local} (${metrics.manual_routed_to_local} by your word)`],
    ['Claude Sonnet', String(metrics.claude_sonnet_used)],
    ['Claude Haiku, Opus', `${metrics.claude_haiku_used}, ${metrics.claude_opus_used}`],
    ['paid', range(summary.paid)],
    [`the same on ${summary.baselineModel}`, range(summary.baseline)],
    ['saved', range(metrics.cost_savings)],
  ];
  if (summary.unpriced > 0) rows.push(['without a price, in no sum', String(summary.unpriced)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  const title = summary.practice ? `${summary.period}, practice` : summary.period;
  return [title, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
}

function range(money: MoneyRange): string {
  return money.low === money.high ? dollars(money.low) : `${dollars(money.low)} to ${dollars(money.high)}`;
}
