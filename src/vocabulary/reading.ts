import type { ModelId } from './model.ts';

/** What one call told of how fast a model is on its host; the same model under another digest is another one. */
export interface Reading {
  readonly model: ModelId;
  readonly digest?: string;
  readonly host?: string;
  /** Epoch ms. */
  readonly at: number;
  /** Milliseconds, the load left out. */
  readonly firstTokenMs?: number;
  readonly tokensPerSecond?: number;
  readonly promptTokensPerSecond?: number;
  /** Milliseconds, and the bytes of the file that were loaded; absent where nothing was. */
  readonly loadMs?: number;
  readonly loadBytes?: number;
}
