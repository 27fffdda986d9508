import type { ToWorker } from '../../src/ledger/messages.ts';
import { issue } from '../../src/privacy/permit.ts';
import type { Privacy } from '../../src/privacy/privacy.ts';
import type { EngineEvent } from '../../src/vocabulary/event.ts';
import type { Proposal } from '../../src/vocabulary/proposal.ts';

/** A fault put into Maia itself, to see that the run finds it. */
export interface Mutation {
  readonly privacy?: Privacy;
  /** The real one, changed. */
  readonly privacyFrom?: (real: Privacy) => Privacy;
  /** What the surface gets in place of the engine's events. */
  readonly events?: (events: AsyncIterable<EngineEvent>) => AsyncIterable<EngineEvent>;
  /** What accepting does to a file, in place of the editor's rule. */
  readonly apply?: (proposal: Proposal, current: string | undefined) => string | undefined;
  /** What the surface cancels goes on. */
  readonly deaf?: true;
  /** The message to the ledger that is done in place of one; undefined where it is dropped and said to be done. */
  readonly writes?: (message: ToWorker) => ToWorker | undefined;
}

async function* changed(
  events: AsyncIterable<EngineEvent>,
  change: (event: EngineEvent) => readonly EngineEvent[],
): AsyncGenerator<EngineEvent> {
  for await (const event of events) yield* change(event);
}

/** One for each invariant; the run has to find every one of them. */
export const mutations = {
  /** The permit check taken out: nothing is examined and everything is permitted. */
  permitsEverything: {
    privacy: {
      mask: async (texts) => texts,
      examine: async () => ({ protected: false, reasons: [] }),
      permit: async ({ requestId, composed, at }) => {
        const { boundary } = composed.model;
        if (boundary === 'machine') throw new TypeError('What stays on this machine needs no permit');
        const { host, model, body } = composed;
        return {
          ok: true,
          permit: issue(boundary, composed),
          egress: {
            requestId,
            at,
            host,
            model: model.id.name,
            bytes: body.length,
            allowedBecause: 'nothingProtected',
          },
        };
      },
      dispose: async () => undefined,
    },
  },
  /** Nothing is looked at before a decision: no rule removes a model. */
  examinesNothing: {
    privacyFrom: (real) => ({ ...real, examine: async () => ({ protected: false, reasons: [] }) }),
  },
  finishesTwice: {
    events: (events) => changed(events, (event) => (event.type === 'finished' ? [event, event] : [event])),
  },
  gluesHalves: {
    events: (events) => changed(events, (event) => (event.type === 'restarted' ? [] : [event])),
  },
  overwritesEdits: {
    apply: (proposal) => proposal.after,
  },
  forgetsFailedAttempts: {
    events: (events) =>
      changed(events, (event) => {
        if (event.type !== 'finished') return [event];
        const { outcome } = event;
        const paid = { low: 0, high: 0 };
        return [{ type: 'finished', outcome: { ...outcome, account: { ...outcome.account, paid } } }];
      }),
  },
  goesOnWhenCancelled: { deaf: true },
  hidesFailures: {
    events: (events) =>
      changed(events, (event) => {
        if (event.type !== 'finished') return [event];
        const { failure: _hidden, ...outcome } = event.outcome;
        return [{ type: 'finished', outcome }];
      }),
  },
  losesRows: {
    writes: (message) => (message.type === 'call' && message.body.call === 'finished' ? undefined : message),
  },
  /** Calls are sent whether a budget has room for them or not. */
  reservesNothing: {
    writes: (message) => {
      if (message.type !== 'call') return message;
      const { id, body } = message;
      if (body.call === 'intend') {
        const { budget: _budget, ...row } = body.row;
        return { type: 'call', id, body: { ...body, row } };
      }
      return body.call === 'recall' ? { type: 'call', id, body: { ...body, budget: {} } } : message;
    },
  },
  /** What nothing checked counts as passed. */
  learnsFromUncheckedAnswers: {
    writes: (message) => {
      if (message.type !== 'call' || message.body.call !== 'finished') return message;
      const { id, body } = message;
      const attempts = body.outcome.attempts.map((attempt) => ({
        ...attempt,
        verdict: { kind: 'passed' as const, findings: [] },
      }));
      return { type: 'call', id, body: { ...body, outcome: { ...body.outcome, attempts } } };
    },
  },
} as const satisfies Readonly<Record<string, Mutation>>;
