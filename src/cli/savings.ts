import type { Engine } from '../engine/engine.ts';
import { money } from '../phrases/money.ts';
import type { Period, Summary } from '../vocabulary/summary.ts';
import type { Output } from './output.ts';
import { WrongUse } from './wrongUse.ts';

const periods: readonly Period[] = ['day', 'week', 'month', 'all'];

/** @throws WrongUse where there is no such period. */
export async function savings(engine: Engine, output: Output, asked: string, json: boolean): Promise<number> {
  const summary = await engine.summary(periodOf(asked));
  if (json) output.data(summary);
  else output.say(asPeopleRead(summary));
  return 0;
}

/** @throws WrongUse where there is no such period. */
export function periodOf(asked: string): Period {
  const period = periods.find((one) => one === asked);
  if (!period) throw new WrongUse(`There is no period "${asked}". There are: ${periods.join(', ')}.`);
  return period;
}

function asPeopleRead(summary: Summary): string {
  const { metrics } = summary;
  const local = metrics.auto_routed_to_local + metrics.manual_routed_to_local;
  const rows: [string, string][] = [
    ['requests', String(metrics.total_requests)],
    ['answered locally', `${local} (${metrics.manual_routed_to_local} by your word)`],
    ['Claude Sonnet', String(metrics.claude_sonnet_used)],
    ['Claude Haiku, Opus', `${metrics.claude_haiku_used}, ${metrics.claude_opus_used}`],
    ['paid', money(summary.paid)],
    [`the same on ${summary.baselineModel}`, money(summary.baseline)],
    ['saved', money(metrics.cost_savings)],
  ];
  if (summary.unpriced > 0) rows.push(['without a price, in no sum', String(summary.unpriced)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  const title = summary.practice ? `${summary.period}, practice` : summary.period;
  return [title, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
}
