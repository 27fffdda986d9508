export type Invariant =
  | 'events'
  | 'text'
  | 'privacy'
  | 'file'
  | 'money'
  | 'ledger'
  | 'budget'
  | 'lessons'
  | 'cancel'
  | 'surprise';

export interface Violation {
  readonly invariant: Invariant;
  readonly request?: string;
  readonly what: string;
}

/** What a run has shown: promises that were broken, and how often each was put to the test. */
export class Verdict {
  readonly violations: Violation[] = [];
  readonly tested = new Map<string, number>();

  broken(invariant: Invariant, what: string, request?: string): void {
    this.violations.push({ invariant, what, ...(request === undefined ? {} : { request }) });
  }

  /** Notes a situation in which a promise could have been broken. */
  met(situation: Situation): void {
    this.tested.set(situation, (this.tested.get(situation) ?? 0) + 1);
  }
}

/** Situations that a campaign has to meet, or its promises were never put to the test. */
export const situations = [
  'answered whole',
  'started again elsewhere',
  'broken off with text shown',
  'held and checked',
  'cancelled',
  'abandoned',
  'canary in a request',
  'canary answered on this machine',
  'billed to the token',
  'billed at least',
  'applied',
  'edit kept',
  'ledger added up',
  'billed under a budget',
  'closed by a budget',
  'learned from a check',
] as const;
export type Situation = (typeof situations)[number];
