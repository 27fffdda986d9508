import type { Played } from './campaign.ts';
import type { Ran } from './play.ts';
import { asksModel, markerOf, modelOf, read } from './wire.ts';

/** What happened in a run, short enough to read and with all that it takes to play it again. */
export function describeRun({ scenario, world, ran, violations }: Played): string {
  const { seed, index, models, startAt: _start, ...rest } = scenario;
  const lines = [
    `✖ run ${index} of seed ${seed}; again: npm run faults -- --seed ${seed} --only ${index}`,
    ...violations.map(({ invariant, request, what }) => `  ${invariant}: ${request ?? 'run'}: ${what}`),
    `  models ${models.map((model) => `${model.name}${model.quality ? ` (${model.quality})` : ''}`).join(', ')}`,
    `  ${JSON.stringify({ ...rest, disk: world.disk.kind })}`,
    ...ran.flatMap(describeRequest),
    ...world.network.exchanges.filter(asksModel).map((exchange) => {
      const { passage, status, whole, sent, taken } = exchange;
      const said = read(sent);
      const bytes = (buffers: readonly Buffer[]) => buffers.reduce((sum, one) => sum + one.length, 0);
      return `    → q${markerOf(exchange.body)} ${modelOf(exchange)} ${passage.fault.kind} status ${status} sent ${bytes(sent)} taken ${bytes(taken)}${whole ? ' whole' : ''}${said.ended ? ' ended' : ''}`;
    }),
  ];
  return lines.join('\n');
}

function describeRequest({ request, outcome, canary, placed, cancelled, abandoned, events }: Ran): string[] {
  const what = [
    request.surface,
    request.task ?? '',
    request.word ? JSON.stringify(request.word) : '',
    canary ? `${canary.kind} in ${placed}` : '',
    cancelled ? 'cancelled' : '',
    abandoned ? 'abandoned' : '',
  ];
  const attempts = (outcome?.attempts ?? []).map(
    ({ model, end, failure }) => `${model.name}: ${end}${failure ? ` ${failure.code}` : ''}`,
  );
  return [
    `  ${request.id} ${what.filter(Boolean).join(', ')}`,
    `    ${outcome ? `${outcome.end} by ${outcome.answeredBy}, ${JSON.stringify(outcome.failure)}, paid ${outcome.account.paid?.high}` : 'no outcome'}; [${attempts.join('; ')}]`,
    `    ${events
      .map((event) => (event.type === 'progress' ? event.progress.code : event.type))
      .join(' ')
      .replace(/(?:\btext ?){2,}/g, 'text… ')}`,
  ];
}
