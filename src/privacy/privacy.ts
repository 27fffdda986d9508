import type { Model } from '../vocabulary/model.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { Permit } from './permit.ts';

/** What a request carries, as far as privacy is concerned. */
export interface Carried {
  /** Every text of the attempt: prompt, selection, references, history, tool results. */
  readonly texts: readonly string[];
  /** Absolute paths (or URIs where there is no path) of everything that a text was taken from. */
  readonly paths: readonly string[];
  /** Something this conversation was derived from was protected. */
  readonly marked: boolean;
}

/** `reasons` is empty where nothing is protected. A scan that ran out of time is a reason. */
export interface Protection {
  readonly protected: boolean;
  readonly reasons: readonly Reason[];
}

/** What left, when, to whom, how many bytes, why it was allowed; never the content. */
export interface EgressRecord {
  readonly requestId: string;
  /** Epoch ms. */
  readonly at: number;
  readonly host: string;
  readonly model: string;
  readonly bytes: number;
  readonly allowedBecause: 'nothingProtected' | 'trustedHost';
}

export interface Privacy {
  /** Looks at what a request carries before a route is chosen. Never throws for a scan that fails: that is protected. */
  examine(carried: Carried, policy: Policy, signal: AbortSignal): Promise<Protection>;
  /**
   * Scans the very bytes of one attempt. `protection` is what `examine` said of the request; what it protected is
   * refused here too, whatever the bytes look like.
   */
  permit(
    attempt: {
      readonly requestId: string;
      readonly composed: { readonly model: Model; readonly host: string; readonly body: string };
      readonly protection: Protection;
      readonly at: number;
    },
    policy: Policy,
    signal: AbortSignal,
  ): Promise<
    | { readonly ok: true; readonly permit: Permit; readonly egress: EgressRecord }
    | { readonly ok: false; readonly reason: Reason }
  >;
  dispose(): Promise<void>;
}
