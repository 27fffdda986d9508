import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Attempt, MoneyRange } from '../vocabulary/attempt.ts';
import type { Decision } from '../vocabulary/decision.ts';
import type { Failure } from '../vocabulary/failure.ts';
import { boundOfIntent, paidFor, toNano } from './account.ts';
import { reserve } from './budgets.ts';
import { forgetConfidence, learnOfConfidence } from './confidenceOutcomes.ts';
import { dropOldInputs, keepInput, redactUndecided, withoutEstimates } from './inputs.ts';
import type { KeyedHash } from './keyedHash.ts';
import type { IntentRow, RequestRow, UndecidedRow } from './ledger.ts';
import { compactLessons, failLate, forgetLessons, learnFromChecks, learnFromFeedback } from './lessons.ts';
import { writeProbe, writeReading } from './machine.ts';
import type { RecordedOutcome, Write, Written } from './messages.ts';
import { type PriceOverrides, priceOnRoute } from './prices.ts';
import { redactDecision } from './redact.ts';
import { LedgerError } from './sqliteError.ts';
import { workspaceOf } from './workspace.ts';

export interface WriteContext {
  readonly db: DatabaseSync;
  readonly hash: KeyedHash;
  /** Who has the request open. */
  readonly owner: string;
  /** False in practice, which never teaches. */
  readonly teaches: boolean;
}

type Row = Readonly<Record<string, SQLInputValue | undefined>>;

/** Puts one message into its rows, in one transaction; doing it twice changes nothing more. Throws as SQLite does. */
export function write(context: WriteContext, message: Write): Written {
  const { db } = context;
  // `finished` closes a request's books: it alone waits for the disk, and takes all before it along.
  db.exec(`PRAGMA synchronous = ${message.call === 'finished' ? 'FULL' : 'NORMAL'}; BEGIN IMMEDIATE`);
  try {
    const written = writeRows(context, message);
    db.exec('COMMIT');
    return written;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Puts together and drops what is old, in one transaction. Throws as SQLite does. */
export function tidy(db: DatabaseSync, now: number): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    compactLessons(db, now);
    dropOldInputs(db);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function writeRows(context: WriteContext, message: Write): Written {
  const { db, hash } = context;
  switch (message.call) {
    case 'decided':
      writeRequest(context, message.row);
      break;
    case 'undecided':
      writeUndecided(context, message.row);
      break;
    case 'intend':
      return writeIntent(context, message.row, message.overrides);
    case 'attempted':
      writeAttempt(context, message.requestId, message.attempt, message.overrides);
      break;
    case 'finished':
      writeOutcome(context, message.outcome, message.at, message.overrides);
      break;
    case 'feedback':
      insert(db, 'feedback', {
        request_id: message.requestId,
        kind: message.feedback,
        at: whole(message.at),
      });
      if (message.feedback === 'failed') failLate(db, message.requestId);
      if (context.teaches) {
        learnOfConfidence(db, message.requestId);
        learnFromFeedback(db, message.requestId, message.feedback, message.at);
      }
      break;
    case 'mark':
      db.prepare(
        `INSERT INTO marks (conversation, at, cause) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET cause = excluded.cause WHERE excluded.cause = 'protected'`,
      ).run(hash('conversation', message.conversation), Math.round(message.at), message.cause);
      break;
    case 'measured':
      writeReading(db, message.reading);
      break;
    case 'probed':
      writeProbe(db, message.result);
      break;
    case 'egress': {
      const { requestId, at, host, model, bytes, allowedBecause } = message.row;
      insert(db, 'egress', {
        request_id: requestId,
        at: whole(at),
        host,
        model,
        bytes: whole(bytes),
        allowed_because: allowedBecause,
      });
      break;
    }
    case 'forgetLessons':
      forgetLessons(db, message.model);
      forgetConfidence(db, message.model);
  }
  return undefined;
}

function writeRequest(context: WriteContext, row: RequestRow): void {
  const decision = redactDecision(row.decision, context.hash);
  upsert(context.db, 'requests', ['id'], {
    ...askedColumns(context, row),
    ...decisionColumns(row.decision),
    owner: context.owner,
  });
  upsert(context.db, 'details', ['request_id'], {
    request_id: row.id,
    features: featuresText(row),
    decision: JSON.stringify(row.input ? withoutEstimates(decision) : decision),
  });
  if (row.input) keepInput(context.db, row.input, row.at, context.hash, decision.considered);
}

function writeUndecided(context: WriteContext, row: UndecidedRow): void {
  const { classification, failure, policyVersion } = row.undecided;
  upsert(context.db, 'requests', ['id'], {
    ...askedColumns(context, row),
    task: classification.task,
    policy_version: policyVersion,
    ended: 'undecided',
    finished_at: whole(row.at),
    failure: failure.code,
  });
  upsert(context.db, 'details', ['request_id'], {
    request_id: row.id,
    features: featuresText(row),
    undecided: JSON.stringify(redactUndecided(row.undecided, context.hash)),
  });
  if (row.input) keepInput(context.db, row.input, row.at, context.hash);
}

function askedColumns(context: WriteContext, row: RequestRow | UndecidedRow): Row {
  const workspace = row.folder === undefined ? undefined : workspaceOf(row.folder, context.hash);
  return {
    id: row.id,
    at: whole(row.at),
    surface: row.surface,
    conversation: row.conversation && context.hash('conversation', row.conversation),
    workspace_name: workspace?.name,
    workspace_hash: workspace?.hash,
  };
}

function featuresText({ features }: RequestRow | UndecidedRow): string {
  return JSON.stringify({
    textCharacters: features.textCharacters,
    contextCharacters: features.contextCharacters,
    contextItems: features.contextItems,
    languageId: features.languageId,
    command: features.command,
    tools: features.tools,
    images: features.images,
    promptTokens: features.promptTokens,
  });
}

/** The row is the reservation: what it is bound to cost counts until what was really paid takes its place. */
function writeIntent(context: WriteContext, row: IntentRow, overrides: PriceOverrides): Written {
  const price = priceOnRoute(row.model.name, row.route, row.at, overrides);
  const bound = boundOfIntent(row, price);
  const there = context.db.prepare('SELECT 1 FROM attempts WHERE request_id = ? AND idx = ?');
  let near: Written;
  if (row.budget && row.route !== 'local' && !there.get(row.requestId, row.index)) {
    if (bound === undefined) throw new LedgerError(withoutPrice(row.model.name));
    near = reserve(context.db, row.budget, bound, row.at);
  }
  insert(context.db, 'attempts', {
    request_id: row.requestId,
    idx: row.index,
    provider: row.model.provider,
    model: row.model.name,
    route: row.route,
    boundary: row.boundary,
    tier: row.tier,
    at: whole(row.at),
    expected_prompt_tokens: whole(row.promptTokens),
    max_output_tokens: whole(row.maxOutputTokens),
    paid: bound,
  });
  return near;
}

function withoutPrice(model: string): Failure {
  return { code: 'noPermit', params: { reason: { code: 'noPrice', params: { model } } } };
}

function writeAttempt(
  context: WriteContext,
  requestId: string,
  attempt: Attempt,
  overrides: PriceOverrides,
): void {
  const { usage, bounds, verdict, confidence } = attempt;
  upsert(context.db, 'attempts', ['request_id', 'idx'], {
    request_id: requestId,
    idx: attempt.index,
    provider: attempt.model.provider,
    model: attempt.model.name,
    route: attempt.route,
    boundary: attempt.boundary,
    tier: attempt.tier,
    digest: attempt.digest,
    host: attempt.host,
    at: whole(attempt.startedAt),
    first_token_ms: attempt.firstTokenMs,
    total_ms: attempt.totalMs,
    load_ms: attempt.loadMs,
    generate_ms: attempt.generateMs,
    input_tokens: whole(usage?.inputTokens),
    output_tokens: whole(usage?.outputTokens),
    cache_read_tokens: whole(usage?.cacheReadTokens),
    cache_write_tokens: whole(usage?.cacheWriteTokens),
    cache_write_1h_tokens: whole(usage?.cacheWrite1hTokens),
    bounds: bounds && JSON.stringify({ lower: bounds.lower, upper: bounds.upper }),
    ended: attempt.end,
    failure: attempt.failure?.code,
    verdict: verdict?.kind,
    findings: verdict && JSON.stringify(verdict.findings.map((finding) => finding.code)),
    paid: paidFor(attempt, overrides),
    confidence_tokens: whole(confidence?.tokens),
    confidence_mean: confidence?.mean,
    confidence_min: confidence?.min,
    confidence_opening: confidence?.opening,
    weakest_name: confidence?.weakest?.logprob,
    weakest_name_token: whole(confidence?.weakest?.token),
  });
}

function writeOutcome(
  context: WriteContext,
  outcome: RecordedOutcome,
  at: number,
  overrides: PriceOverrides,
): void {
  for (const attempt of outcome.attempts) writeAttempt(context, outcome.requestId, attempt, overrides);
  const { account, decision } = outcome;
  const answer =
    outcome.end === 'answered'
      ? outcome.attempts.find((attempt) => attempt.index === outcome.answeredBy)
      : undefined;
  const known = account.paid !== undefined && account.saved !== undefined;
  const found = context.db.prepare('SELECT 1 FROM requests WHERE id = ?').get(outcome.requestId);
  const lost = found ? undefined : decision;
  upsert(context.db, 'requests', ['id'], {
    id: outcome.requestId,
    ...(!found && { at: whole(outcome.attempts[0]?.startedAt ?? at) }),
    ...(lost && decisionColumns(lost)),
    ended: outcome.end,
    finished_at: whole(at),
    answered_by: answer?.index,
    answer_route: answer?.route,
    answer_model: answer?.model.name,
    answer_tier: answer?.tier,
    verdict: outcome.verdict?.kind,
    failure: outcome.failure?.code,
    priced: Number(known),
    baseline_model: account.baselineModel,
    ...nanoRange('paid', account.paid),
    ...nanoRange('baseline', answer && account.baseline),
  });
  upsert(context.db, 'details', ['request_id'], {
    request_id: outcome.requestId,
    ...(lost && { decision: JSON.stringify(redactDecision(lost, context.hash)) }),
    prices: JSON.stringify(account.prices ?? []),
  });
  if (context.teaches) {
    learnOfConfidence(context.db, outcome.requestId);
    learnFromChecks(context.db, outcome.requestId);
  }
}

function decisionColumns(decision: Decision): Row {
  return {
    task: decision.classification.task,
    route: decision.route,
    model: decision.model.name,
    manual: Number(decision.manual),
    protected: Number(decision.protected),
    policy_version: decision.policyVersion,
  };
}

function nanoRange(column: 'paid' | 'baseline', money: MoneyRange | undefined): Row {
  return { [`${column}_low`]: toNano(money?.low ?? 0), [`${column}_high`]: toNano(money?.high ?? 0) };
}

/** A count or a time as SQLite's integers take it; what is no number is unknown. */
function whole(count: number | undefined): number | undefined {
  return count !== undefined && Number.isFinite(count) ? Math.round(count) : undefined;
}

/** Leaves a row that is there as it is. */
function insert(db: DatabaseSync, table: string, row: Row): void {
  const columns = Object.keys(row);
  db.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  ).run(...columns.map((column) => row[column] ?? null));
}

/** Makes the row, or changes the columns given in the one that is there. */
function upsert(db: DatabaseSync, table: string, key: readonly string[], row: Row): void {
  const columns = Object.keys(row);
  const changed = columns.filter((column) => !key.includes(column));
  const places = columns.map(() => '?').join(', ');
  const values = columns.map((column) => row[column] ?? null);
  const updated = db
    .prepare(
      `UPDATE ${table} SET ${changed.map((column) => `${column} = ?`).join(', ')} WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`,
    )
    .run(...changed.map((column) => row[column] ?? null), ...key.map((column) => row[column] ?? null));
  if (updated.changes === 0)
    db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(...values);
}
