import type { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Considered, Decision, Undecided } from '../vocabulary/decision.ts';
import type { DecidingPolicy, DecisionInput } from '../vocabulary/decisionInput.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { DeveloperWord } from '../vocabulary/request.ts';
import type { KeyedHash } from './keyedHash.ts';
import { redactName, redactPattern, redactReason } from './redact.ts';

/** The newest decisions that can be made again; about 1 KB each with five models, 5 KB with thirty. */
const mostInputs = 10_000;

/** What was expected of a candidate. */
type Estimates = Pick<Considered, 'quality' | 'time' | 'usd'>;

/**
 * Keeps what a decision was made of, packed; what is there already stays.
 * @param considered of the decision, where there is one: its estimates are kept here
 */
export function keepInput(
  db: DatabaseSync,
  input: DecisionInput,
  at: number,
  hash: KeyedHash,
  considered?: readonly Considered[],
): void {
  const estimates = considered?.map(
    ({ quality, time, usd }): Estimates => ({
      ...(quality && { quality }),
      ...(time && { time }),
      ...(usd && { usd }),
    }),
  );
  db.prepare(
    'INSERT INTO inputs (request_id, at, input, estimates) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(
    input.requestId,
    Math.round(at),
    packed(redactInput(input, hash)),
    estimates ? packed(estimates) : null,
  );
}

/** The decision as it is kept with every request: what was expected of the candidates is kept apart. */
export function withoutEstimates(decision: Decision): Decision {
  const considered = decision.considered.map(
    ({ quality: _quality, time: _time, usd: _usd, ...one }): Considered => one,
  );
  return { ...decision, considered };
}

/** As it was made; a decision that is not among the newest ones lacks its estimates. */
export function storedDecision(db: DatabaseSync, requestId: string): Decision | undefined {
  const row = db
    .prepare(
      `SELECT d.decision, i.estimates FROM details d LEFT JOIN inputs i ON i.request_id = d.request_id
       WHERE d.request_id = ?`,
    )
    .get(requestId);
  if (typeof row?.decision !== 'string') return undefined;
  const decision = JSON.parse(row.decision) as Decision;
  if (!(row.estimates instanceof Uint8Array)) return decision;
  const estimates = unpacked(row.estimates) as readonly Estimates[];
  const considered = decision.considered.map((one, at): Considered => ({ ...one, ...estimates[at] }));
  return { ...decision, considered };
}

export function storedInput(db: DatabaseSync, requestId: string): DecisionInput | undefined {
  const row = db.prepare('SELECT input FROM inputs WHERE request_id = ?').get(requestId);
  return row?.input instanceof Uint8Array ? (unpacked(row.input) as DecisionInput) : undefined;
}

export function storedUndecided(db: DatabaseSync, requestId: string): Undecided | undefined {
  const row = db.prepare('SELECT undecided FROM details WHERE request_id = ?').get(requestId);
  return typeof row?.undecided === 'string' ? (JSON.parse(row.undecided) as Undecided) : undefined;
}

/** Drops all but the newest 10,000. */
export function dropOldInputs(db: DatabaseSync): void {
  db.exec(
    `DELETE FROM inputs WHERE at < (SELECT at FROM inputs ORDER BY at DESC LIMIT 1 OFFSET ${mostInputs - 1})`,
  );
}

export function packed(value: DecisionInput | readonly Estimates[]): Uint8Array {
  return deflateRawSync(JSON.stringify(value));
}

function unpacked(bytes: Uint8Array): unknown {
  return JSON.parse(inflateRawSync(bytes).toString('utf8'));
}

/**
 * What a decision was made of without anything that the developer wrote or named; every field by name, so that one
 * that is added later is not kept before somebody has looked at it. The same texts give the same hashes as in the
 * decision, so that deciding again gives what was recorded.
 */
export function redactInput(input: DecisionInput, hash: KeyedHash): DecisionInput {
  const reasons = (all: readonly Reason[]): readonly Reason[] => all.map((one) => redactReason(one, hash));
  const { classification, protection, word, sticky, experience, costs, budgetSpent } = input;
  return {
    requestId: input.requestId,
    classification: { ...classification, reasons: reasons(classification.reasons) },
    ...(word && { word: redactWord(word, hash) }),
    needs: input.needs,
    protection: { protected: protection.protected, reasons: reasons(protection.reasons) },
    candidates: input.candidates,
    policy: redactPolicy(input.policy, hash),
    ...(sticky && { sticky }),
    ...(experience && { experience }),
    ...(costs && { costs }),
    ...(budgetSpent && { budgetSpent }),
  };
}

function redactWord(word: DeveloperWord, hash: KeyedHash): DeveloperWord {
  return { ...word, ...(word.model !== undefined && { model: redactName(word.model, hash) }) };
}

function redactPolicy(policy: DecidingPolicy, hash: KeyedHash): DecidingPolicy {
  const { mode, offline, dial, tasks, models, patience, budget, claude, ollama, privacy } = policy;
  const patterns = (all: readonly string[]) => all.map((one) => redactPattern(one, hash));
  return {
    mode,
    offline,
    dial,
    tasks,
    models: {
      allow: patterns(models.allow),
      deny: patterns(models.deny),
      allowOrigins: patterns(models.allowOrigins),
      denyOrigins: patterns(models.denyOrigins),
    },
    patience,
    budget,
    claude: { cheapTier: claude.cheapTier },
    ollama: { host: hostOf(ollama.host) },
    privacy: { trustedHosts: privacy.trustedHosts.map(hostOf) },
  };
}

/** Without scheme, user, password and path. */
function hostOf(address: string): string {
  return address
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '');
}

/** What was said where nobody could be asked, without what the developer wrote. */
export function redactUndecided(undecided: Undecided, hash: KeyedHash): Undecided {
  const { classification, considered } = undecided;
  return {
    requestId: undecided.requestId,
    classification: {
      ...classification,
      reasons: classification.reasons.map((one) => redactReason(one, hash)),
    },
    failure: redactFailure(undecided.failure, hash),
    considered: considered.map(({ removedBy, ...one }) => ({
      ...one,
      ...(removedBy && { removedBy: redactReason(removedBy, hash) }),
    })),
    promptTokens: undecided.promptTokens,
    policyVersion: undecided.policyVersion,
  };
}

function redactFailure(failure: Failure, hash: KeyedHash): Failure {
  switch (failure.code) {
    case 'nothingLeft':
      return {
        code: failure.code,
        params: { because: failure.params.because.map((one) => redactReason(one, hash)) },
      };
    case 'pinnedModelMissing': {
      const { model, installed } = failure.params;
      return { code: failure.code, params: { model: redactName(model, hash), installed } };
    }
    case 'noModelsInstalled':
    case 'ollamaUnreachable':
    case 'notOllama':
    case 'redirectRefused':
      return { code: failure.code, params: { host: hostOf(failure.params.host) } };
    case 'nothingSetUp':
      return failure;
    default:
      return { code: 'unexpected', params: { detail: failure.code } };
  }
}
