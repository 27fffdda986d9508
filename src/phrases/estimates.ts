import * as l10n from '@vscode/l10n';
import type { MoneyRange } from '../vocabulary/attempt.ts';
import type { Considered, Decision, QualityEstimate, TimeEstimate } from '../vocabulary/decision.ts';
import { type Route, sameModel, type Tier } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { money } from './money.ts';
import { readable } from './plainText.ts';

/** The estimates of those that were looked at, in words as short as a table's cells. */
export interface EstimateTable {
  /** Headings of the columns, the model's first. */
  readonly head: readonly string[];
  readonly rows: readonly EstimateRow[];
}

export interface EstimateRow {
  /** As its provider names it: not escaped. */
  readonly model: string;
  readonly chosen: boolean;
  /** One for each heading but the first. */
  readonly cells: readonly string[];
}

/** Nothing is known. */
const none = '–';

/**
 * The chosen one first, then who is next, then the others; whoever nothing was estimated of is left out, as is a tier
 * of Claude that is not the usual one and was not asked.
 */
export function estimateTable(decision: Decision): EstimateTable {
  const head = [l10n.t('Model'), l10n.t('Will do'), l10n.t('Seen here'), l10n.t('Wait'), l10n.t('Price')];
  const rows = inOrder(decision)
    .filter(
      ({ tier, quality, time, usd, removedBy }) => (quality || time || usd) && !isAside(tier, removedBy),
    )
    .map((one) => ({ ...one, price: priceOf(one) }))
    .map(({ model, route, quality, time, price }) => ({
      model: model.name,
      chosen: sameModel(model, decision.model),
      cells: [
        quality && judged(route) ? shareOf(quality) : none,
        quality && (judged(route) || wasSeen(quality)) ? seenHere(quality) : none,
        time ? waitOf(time) : none,
        price ? money(roughly(price)) : none,
      ],
    }));
  return { head, rows };
}

/** Of Claude's tiers only the usual one is of interest where it is not asked. */
export function isAside(tier: Tier | undefined, removedBy: Reason | undefined): boolean {
  return removedBy !== undefined && (removedBy.code === 'tierNotAllowed' || (tier ?? 'sonnet') !== 'sonnet');
}

/** USD; what runs on the user's own machines has no price by the token. */
export function priceOf({ route, usd }: Considered): MoneyRange | undefined {
  return usd ?? (route === 'local' ? { low: 0, high: 0 } : undefined);
}

function inOrder({ model, chain, considered }: Decision): readonly Considered[] {
  const order = [model, ...chain];
  const place = (one: Considered) => {
    const found = order.findIndex((id) => sameModel(id, one.model));
    return found < 0 ? order.length : found;
  };
  return considered.toSorted((a, b) => place(a) - place(b));
}

/** Nobody holds Claude against the bar. */
function judged(route: Route): boolean {
  return route !== 'claude';
}

function shareOf({ bound }: QualityEstimate): string {
  return l10n.t('≥ {percent} %', { percent: Math.floor(bound * 100) });
}

function wasSeen({ passed, failed }: Pick<QualityEstimate, 'passed' | 'failed'>): boolean {
  return passed + failed >= 0.05;
}

/** An estimate whose ends lie close together is one figure, the dearer one. */
export function roughly({ low, high }: MoneyRange): MoneyRange {
  return high <= low * 1.25 ? { low: high, high } : { low, high };
}

/**
 * What an estimate stands on: what was seen on this machine, in whole answers though the older ones weigh less; else
 * whether the model is known at all.
 */
export function seenHere({
  known,
  passed,
  failed,
}: Pick<QualityEstimate, 'known' | 'passed' | 'failed'>): string {
  if (passed + failed < 0.05) return known ? l10n.t('nothing yet') : l10n.t('nothing yet; unknown model');
  const counts = { passed: Math.round(passed), failed: Math.round(failed) };
  if (counts.passed + counts.failed === 0) return l10n.t('hardly anything');
  return l10n.t('{passed} passed, {failed} failed', counts);
}

/** Until the user has something. */
function waitOf({ usefulMs, measured }: TimeEstimate): string {
  if (usefulMs < 100) return l10n.t('under 0.1 s');
  const seconds = readable(usefulMs < 10_000 ? usefulMs / 1000 : Math.round(usefulMs / 1000));
  return measured ? l10n.t('{seconds} s', { seconds }) : l10n.t('about {seconds} s', { seconds });
}
