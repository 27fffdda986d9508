/** USD per million tokens. */
export interface PriceRow {
  /** Uncached input. */
  readonly input: number;
  /** Output, thinking included. */
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
}

/** A price row that holds up to a total prompt (uncached, cache reads and cache writes together). */
export interface PriceTier extends PriceRow {
  /** Tokens; `null` = no limit. */
  readonly maxPromptTokens: number | null;
}

/** The price of one model as it was known at some moment. */
export interface Price {
  /** The id that the price is kept under; an alias is resolved. */
  readonly model: string;
  /** `local`: no price per token. */
  readonly origin: 'table' | 'setting' | 'local';
  /** ISO date as of which a row of the table was read. */
  readonly effectiveDate?: string;
  /** By rising limit; the last one has none. */
  readonly tiers: readonly PriceTier[];
}
