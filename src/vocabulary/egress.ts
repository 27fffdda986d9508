/** Why something may leave this machine. */
export type AllowedBecause =
  | 'nothingProtected'
  /** It went to a host of the network that the user trusts. */
  | 'trustedHost'
  /** By the developer's click: secrets masked, the turn with them left out, or let through once. */
  | 'masked'
  | 'dropped'
  | 'allowedOnce';

/** What left, when, to whom, how many bytes, why it was allowed; never the content. */
export interface EgressRow {
  readonly requestId: string;
  /** Epoch ms. */
  readonly at: number;
  readonly host: string;
  readonly model: string;
  readonly bytes: number;
  /** Kept as it was written, also by a newer Maia. */
  readonly allowedBecause: AllowedBecause | (string & {});
}
