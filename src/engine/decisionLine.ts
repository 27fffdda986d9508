import type { Considered, Decision } from '../vocabulary/decision.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Reason } from '../vocabulary/reason.ts';

/**
 * A decision as one line for the log: codes and figures alone, so that no prompt, path, pattern or host gets in.
 * Milliseconds, USD; probabilities and bounds are 0..1.
 */
export function decisionLine(decision: Decision): string {
  const { classification, route, model, tier, reasons, chain, considered, bar, policyVersion } = decision;
  const others = Object.entries(classification.tasks)
    .filter(([task]) => task !== classification.task)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 1)
    .map(([task, probability]) => ` (${task} ${probability.toFixed(2)})`)
    .join('');
  const parts = [
    `${decision.requestId}: ${classification.task} ${classification.confidence.toFixed(2)}${others}, difficulty ${classification.difficulty.toFixed(2)} -> ${tier ?? route} ${nameOf(model.name)}`,
    `by ${reasons.map(reasonCode).join(', ') || 'nothing'}`,
    ...(bar === undefined ? [] : [`bar ${bar.toFixed(2)}`]),
    ...(decision.manual ? ['manual'] : []),
    ...(decision.protected ? ['protected'] : []),
    ...(chain.length > 0 ? [`then ${chain.map(({ name }) => nameOf(name)).join(', ')}`] : []),
    `considered ${considered.map(consideredText).join(', ')}`,
    policyVersion,
  ];
  return parts.join('; ');
}

/** Why a request was asked of nobody, by codes alone. */
export function refusalLine(requestId: string, failure: Failure): string {
  const because =
    failure.code === 'nothingLeft' ? failure.params.because.map(({ code }) => code).join(', ') : '';
  return `${requestId}: asked of nobody, ${failure.code}${because === '' ? '' : ` (${because})`}`;
}

function consideredText({ model, quality, time, usd, removedBy }: Considered): string {
  const figures = [
    ...(quality
      ? [`bound ${quality.bound.toFixed(2)} of ${quality.passed.toFixed(1)}+${quality.failed.toFixed(1)}`]
      : []),
    ...(time ? [`${Math.round(time.usefulMs)} ms`] : []),
    ...(usd ? [`$${usd.high.toFixed(4)}`] : []),
    ...(removedBy ? [`not by ${reasonCode(removedBy)}`] : []),
  ];
  return figures.length === 0 ? nameOf(model.name) : `${nameOf(model.name)} (${figures.join(' ')})`;
}

/** Of a reason's parameters its figures only: a text may be a pattern that the user wrote. */
function reasonCode({ code, params }: Reason): string {
  const figures = Object.entries(params)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `${name} ${Math.round(Number(value) * 100) / 100}`);
  return figures.length === 0 ? code : `${code} [${figures.join(' ')}]`;
}

/** A server may call its models what it likes. */
function nameOf(name: string): string {
  return name.replace(/[^\w.:/@-]/g, '?').slice(0, 80);
}
