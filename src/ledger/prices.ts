import type { Route } from '../vocabulary/model.ts';
import type { PriceOverride } from '../vocabulary/policy.ts';
import type { Price, PriceRow, PriceTier } from '../vocabulary/price.ts';
import data from './prices.json' with { type: 'json' };

/** The user's own prices (setting `maia.savings.prices`), by model id. */
export type PriceOverrides = Readonly<Record<string, PriceOverride>>;

interface TableRow extends Partial<PriceRow> {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly tiers?: readonly PriceTier[];
  readonly effectiveDate: string;
}

const table: readonly TableRow[] = data.models;
const cacheReadMultipliers: Readonly<Record<string, number>> = data.multipliers.cacheRead;

/** Figures of the first design, kept by name for comparison; no price is taken from them. */
export const historicalReference: readonly {
  readonly id: string;
  readonly name: string;
  readonly usdPerMTok: number | null;
  readonly savingPercentVsClaudeSonnet?: number;
}[] = data.historicalReference.entries;

const free: PriceTier = {
  maxPromptTokens: null,
  input: data.local.input,
  output: data.local.output,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
};

/**
 * The price of a model at a moment, from the user's setting, else from the shipped dated table.
 *
 * @param model the provider's own name or an alias of it
 * @param at epoch ms; the latest row read on or before that day counts, before the first row the first one
 * @returns undefined where nobody knows a price: unknown, never free
 */
export function priceOf(model: string, at: number, overrides: PriceOverrides = {}): Price | undefined {
  const named = table.filter((row) => row.id === model || row.aliases?.includes(model));
  const own = overridden(model, overrides) ?? (named[0] && overridden(named[0].id, overrides));
  if (own) return own;
  const dated = named.toSorted((a, b) => a.effectiveDate.localeCompare(b.effectiveDate));
  const row = dated.findLast((one) => Date.parse(one.effectiveDate) <= at) ?? dated[0];
  if (!row) return undefined;
  return { model: row.id, origin: 'table', effectiveDate: row.effectiveDate, tiers: tiersOf(row) };
}

/** As `priceOf`, for a model on a route: what runs on the user's own machines costs nothing per token. */
export function priceOnRoute(
  model: string,
  route: Route,
  at: number,
  overrides: PriceOverrides = {},
): Price | undefined {
  if (route !== 'local') return priceOf(model, at, overrides);
  return overridden(model, overrides) ?? { model, origin: 'local', tiers: [free] };
}

/** The row that a request of `promptTokens` in all (uncached, cache reads and writes) pays, whole. */
export function rowFor(price: Price, promptTokens: number): PriceRow {
  const row = price.tiers.find(
    (tier) => tier.maxPromptTokens === null || promptTokens <= tier.maxPromptTokens,
  );
  return row ?? (price.tiers.at(-1) as PriceTier);
}

function tiersOf(row: TableRow): readonly PriceTier[] {
  if (row.tiers) return row.tiers;
  const { input = 0, output = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0 } = row;
  return [{ maxPromptTokens: null, input, output, cacheRead, cacheWrite5m, cacheWrite1h }];
}

/** A setting that is no price (missing, negative or not a number) is as if it were not there. */
function overridden(model: string, overrides: PriceOverrides): Price | undefined {
  const own = Object.hasOwn(overrides, model) ? overrides[model] : undefined;
  if (!own || !isPrice(own.input) || !isPrice(own.output)) return undefined;
  const { input, output } = own;
  const multipliers = data.multipliers;
  const readMultiplier = cacheReadMultipliers[model] ?? multipliers.cacheRead.default;
  const tier: PriceTier = {
    maxPromptTokens: null,
    input,
    output,
    cacheRead: isPrice(own.cacheRead) ? own.cacheRead : input * readMultiplier,
    cacheWrite5m: isPrice(own.cacheWrite5m) ? own.cacheWrite5m : input * multipliers.cacheWrite5m,
    cacheWrite1h: isPrice(own.cacheWrite1h) ? own.cacheWrite1h : input * multipliers.cacheWrite1h,
  };
  return { model, origin: 'setting', tiers: [tier] };
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 1e6;
}
