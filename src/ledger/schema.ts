import type { DatabaseSync } from 'node:sqlite';

/**
 * One entry per schema version, oldest first; an entry never changes once it was shipped.
 * Money is in whole nano-dollars, times in epoch milliseconds, `conversation` and `workspace_hash` are keyed hashes.
 */
const migrations: readonly string[] = [
  `
CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  surface TEXT,
  conversation TEXT,
  workspace_name TEXT,
  workspace_hash TEXT,
  task TEXT,
  route TEXT,
  model TEXT,
  manual INTEGER NOT NULL DEFAULT 0,
  protected INTEGER NOT NULL DEFAULT 0,
  policy_version TEXT,
  owner TEXT,
  ended TEXT,
  finished_at INTEGER,
  answered_by INTEGER,
  answer_route TEXT,
  answer_model TEXT,
  answer_tier TEXT,
  verdict TEXT,
  failure TEXT,
  priced INTEGER NOT NULL DEFAULT 1,
  baseline_model TEXT,
  paid_low INTEGER NOT NULL DEFAULT 0,
  paid_high INTEGER NOT NULL DEFAULT 0,
  baseline_low INTEGER NOT NULL DEFAULT 0,
  baseline_high INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX requests_by_time ON requests (at);
CREATE INDEX requests_running ON requests (at) WHERE ended IS NULL;

-- Apart, so that the sums over requests read little.
CREATE TABLE details (
  request_id TEXT PRIMARY KEY,
  features TEXT,
  decision TEXT,
  prices TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
  request_id TEXT NOT NULL,
  idx INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  route TEXT NOT NULL,
  boundary TEXT NOT NULL,
  tier TEXT,
  at INTEGER NOT NULL,
  expected_prompt_tokens INTEGER,
  max_output_tokens INTEGER,
  first_token_ms REAL,
  total_ms REAL,
  load_ms REAL,
  generate_ms REAL,
  input_tokens INTEGER,
  output_tokens INTEGER,
  cache_read_tokens INTEGER,
  cache_write_tokens INTEGER,
  cache_write_1h_tokens INTEGER,
  bounds TEXT,
  ended TEXT,
  failure TEXT,
  verdict TEXT,
  findings TEXT,
  paid INTEGER,
  PRIMARY KEY (request_id, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE feedback (
  request_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (request_id, kind, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE marks (
  conversation TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE egress (
  request_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  host TEXT NOT NULL,
  model TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  allowed_because TEXT NOT NULL,
  PRIMARY KEY (request_id, at, host, model, bytes)
) STRICT, WITHOUT ROWID;

-- A request as the summaries count it: an answer that was replaced, or is missing, would have cost nothing.
CREATE VIEW counted AS
SELECT
  r.*,
  r.ended = 'answered' AS answered,
  coalesce(r.answer_route, r.route) AS by_route,
  coalesce(r.answer_model, r.model) AS by_model,
  CASE WHEN credited THEN r.baseline_low ELSE 0 END AS counted_baseline_low,
  CASE WHEN credited THEN r.baseline_high ELSE 0 END AS counted_baseline_high,
  CASE WHEN credited THEN r.baseline_low ELSE 0 END - r.paid_high AS saved_low,
  CASE WHEN credited THEN r.baseline_high ELSE 0 END - r.paid_low AS saved_high
FROM (
  SELECT
    *,
    ended = 'answered' AND NOT EXISTS (
      SELECT 1 FROM feedback f WHERE f.request_id = requests.id AND f.kind = 'askedClaude'
    ) AS credited
  FROM requests
) r;
`,
  // A mark that a detected secret left can be lifted by a click; older ones cannot.
  "ALTER TABLE marks ADD COLUMN cause TEXT NOT NULL DEFAULT 'protected'",
  `
ALTER TABLE attempts ADD COLUMN digest TEXT;
ALTER TABLE attempts ADD COLUMN host TEXT;
-- What budgets add up.
CREATE INDEX attempts_elsewhere ON attempts (at, paid) WHERE route <> 'local';

-- Budgets that were warned of: once for each day or month, whichever window asks.
CREATE TABLE budget_warnings (
  period TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (period, since)
) STRICT, WITHOUT ROWID;

-- What is learned about: one model on one host at one task and difficulty, in one workspace; '' where unknown.
CREATE TABLE lesson_subjects (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  digest TEXT NOT NULL,
  host TEXT NOT NULL,
  task TEXT NOT NULL,
  band TEXT NOT NULL,
  workspace_hash TEXT NOT NULL,
  UNIQUE (provider, model, digest, host, task, band, workspace_hash)
) STRICT;

-- One increment; a request teaches once of each kind.
CREATE TABLE lessons (
  request_id TEXT NOT NULL,
  subject INTEGER NOT NULL,
  kind TEXT NOT NULL,
  teacher TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (request_id, subject, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX lessons_by_time ON lessons (at);

-- The same increments counted by day, and by thirty days once they are old.
CREATE TABLE lesson_counts (
  subject INTEGER NOT NULL,
  teacher TEXT NOT NULL,
  day INTEGER NOT NULL,
  count INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (subject, teacher, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX lesson_counts_by_day ON lesson_counts (day);

-- Rises with each change of what was learned; its beginning tells one file from another.
CREATE TABLE lesson_version (
  version INTEGER NOT NULL
) STRICT;
INSERT INTO lesson_version (version) VALUES (abs(random() % 1000000000000));

-- What a decision was made of, packed, and what was said where nobody could be asked.
CREATE TABLE inputs (
  request_id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  input BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inputs_by_time ON inputs (at);
ALTER TABLE details ADD COLUMN undecided TEXT;

-- A request that nobody could take is no part of any sum.
DROP VIEW counted;
CREATE VIEW counted AS
SELECT
  r.*,
  r.ended = 'answered' AS answered,
  coalesce(r.answer_route, r.route) AS by_route,
  coalesce(r.answer_model, r.model) AS by_model,
  CASE WHEN credited THEN r.baseline_low ELSE 0 END AS counted_baseline_low,
  CASE WHEN credited THEN r.baseline_high ELSE 0 END AS counted_baseline_high,
  CASE WHEN credited THEN r.baseline_low ELSE 0 END - r.paid_high AS saved_low,
  CASE WHEN credited THEN r.baseline_high ELSE 0 END - r.paid_low AS saved_high
FROM (
  SELECT
    *,
    ended = 'answered' AND NOT EXISTS (
      SELECT 1 FROM feedback f WHERE f.request_id = requests.id AND f.kind = 'askedClaude'
    ) AS credited
  FROM requests
  WHERE ended IS NOT 'undecided'
) r;
`,
  `
-- How fast models are here: a reading for each call that could be trusted.
CREATE TABLE readings (
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  digest TEXT NOT NULL,
  host TEXT NOT NULL,
  at INTEGER NOT NULL,
  first_token_ms REAL,
  tokens_per_second REAL,
  prompt_tokens_per_second REAL,
  load_ms REAL,
  load_bytes INTEGER,
  PRIMARY KEY (provider, model, digest, host, at)
) STRICT, WITHOUT ROWID;

-- What probes found, the last of each kind.
CREATE TABLE probes (
  kind TEXT NOT NULL,
  provider TEXT NOT NULL,
  digest TEXT NOT NULL,
  host TEXT NOT NULL,
  model TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  passed INTEGER NOT NULL,
  steps TEXT NOT NULL,
  PRIMARY KEY (kind, provider, digest, host)
) STRICT, WITHOUT ROWID;

CREATE INDEX requests_by_conversation ON requests (conversation, at) WHERE conversation IS NOT NULL;
`,
  '-- What was expected of each candidate, packed: of the newest decisions only.\nALTER TABLE inputs ADD COLUMN estimates BLOB',
  `
-- How sure a model was of its answer, natural log-probabilities; of the weakest name its place only, never the name.
ALTER TABLE attempts ADD COLUMN confidence_tokens INTEGER;
ALTER TABLE attempts ADD COLUMN confidence_mean REAL;
ALTER TABLE attempts ADD COLUMN confidence_min REAL;
ALTER TABLE attempts ADD COLUMN confidence_opening REAL;
ALTER TABLE attempts ADD COLUMN weakest_name REAL;
ALTER TABLE attempts ADD COLUMN weakest_name_token INTEGER;

-- The same with what came of the answer; the newest of each model and task.
CREATE TABLE confidence_outcomes (
  request_id TEXT NOT NULL,
  idx INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  digest TEXT NOT NULL,
  task TEXT NOT NULL,
  mean REAL NOT NULL,
  opening REAL,
  min REAL NOT NULL,
  weakest REAL,
  good INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (request_id, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX confidence_outcomes_by_model ON confidence_outcomes (provider, model, digest, task, at);
`,
];

export const knownSchema = migrations.length;

export function schemaOf(db: DatabaseSync): number {
  const row = db.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version;
}

/** Brings an older or empty ledger to the known schema, in one transaction a version. Throws as SQLite does. */
export function migrate(db: DatabaseSync): void {
  for (let version = schemaOf(db); version < knownSchema; version++) {
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(migrations[version] as string);
      db.exec(`PRAGMA user_version = ${version + 1}`);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}
