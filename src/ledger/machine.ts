import type { DatabaseSync } from 'node:sqlite';
import type { ModelId } from '../vocabulary/model.ts';
import { type ProbeResult, probeVersion } from '../vocabulary/probe.ts';
import type { Reading } from '../vocabulary/reading.ts';
import type { Task } from '../vocabulary/task.ts';

/** What was learnt of the machine and its models. */
export interface MachineKnown {
  /** Oldest first. */
  readonly readings: readonly Reading[];
  readonly probes: readonly ProbeResult[];
}

/** Where a conversation was answered last. */
export interface LastTurn {
  readonly model: ModelId;
  readonly task: Task;
  readonly promptTokens: number;
  /** Epoch ms at which it was asked. */
  readonly at: number;
}

/** Readings of one model that are kept: more than count, since some tell only a part. */
const readingsKept = 40;

export function writeReading(db: DatabaseSync, reading: Reading): void {
  const { model, digest = '', host = '', at } = reading;
  db.prepare(
    `INSERT OR IGNORE INTO readings
       (provider, model, digest, host, at, first_token_ms, tokens_per_second, prompt_tokens_per_second, load_ms, load_bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    model.provider,
    model.name,
    digest,
    host,
    Math.round(at),
    reading.firstTokenMs ?? null,
    reading.tokensPerSecond ?? null,
    reading.promptTokensPerSecond ?? null,
    reading.loadMs ?? null,
    reading.loadBytes === undefined ? null : Math.round(reading.loadBytes),
  );
  db.prepare(
    `DELETE FROM readings WHERE provider = ?1 AND model = ?2 AND digest = ?3 AND host = ?4 AND at < (
       SELECT at FROM readings WHERE provider = ?1 AND model = ?2 AND digest = ?3 AND host = ?4
       ORDER BY at DESC LIMIT 1 OFFSET ${readingsKept - 1})`,
  ).run(model.provider, model.name, digest, host);
}

export function writeProbe(db: DatabaseSync, result: ProbeResult): void {
  db.prepare(
    `INSERT OR REPLACE INTO probes (kind, provider, digest, host, model, version, at, passed, steps)
     VALUES (?, ?, ?, ?, ?, ${probeVersion}, ?, ?, ?)`,
  ).run(
    result.kind,
    result.model.provider,
    // Where a server names no digest the name has to do.
    result.digest ?? result.model.name,
    result.host ?? '',
    JSON.stringify([result.model.name, result.digest ?? null]),
    Math.round(result.at),
    Number(result.passed),
    JSON.stringify(result.steps.map(({ step, finding }) => ({ step, finding }))),
  );
}

/** Everything that is kept of the machine. Throws as SQLite does. */
export function machineKnown(db: DatabaseSync): MachineKnown {
  const readings = db.prepare('SELECT * FROM readings ORDER BY at').all();
  const probes = db.prepare('SELECT * FROM probes WHERE version = ? ORDER BY at').all(probeVersion);
  return {
    readings: readings.map((row) => ({
      model: { provider: row.provider as ModelId['provider'], name: String(row.model) },
      ...(row.digest === '' ? {} : { digest: String(row.digest) }),
      ...(row.host === '' ? {} : { host: String(row.host) }),
      at: Number(row.at),
      ...known('firstTokenMs', row.first_token_ms),
      ...known('tokensPerSecond', row.tokens_per_second),
      ...known('promptTokensPerSecond', row.prompt_tokens_per_second),
      ...known('loadMs', row.load_ms),
      ...known('loadBytes', row.load_bytes),
    })),
    probes: probes.map((row) => {
      const [name, digest] = JSON.parse(String(row.model)) as [string, string | null];
      return {
        kind: row.kind as ProbeResult['kind'],
        model: { provider: row.provider as ModelId['provider'], name },
        ...(digest === null ? {} : { digest }),
        ...(row.host === '' ? {} : { host: String(row.host) }),
        at: Number(row.at),
        passed: row.passed === 1,
        steps: JSON.parse(String(row.steps)) as ProbeResult['steps'],
      };
    }),
  };
}

function known<Name extends string>(name: Name, value: unknown): { [Key in Name]?: number } {
  return typeof value === 'number' ? ({ [name]: value } as { [Key in Name]?: number }) : {};
}

/**
 * Where a conversation was answered last; undefined where it never was.
 * @param conversation its keyed hash
 */
export function lastTurn(db: DatabaseSync, conversation: string): LastTurn | undefined {
  const row = db
    .prepare(
      `SELECT r.task, a.provider, a.model, a.at, r.id,
         a.input_tokens + a.cache_read_tokens + a.cache_write_tokens + a.cache_write_1h_tokens AS tokens,
         a.expected_prompt_tokens AS expected
       FROM requests r JOIN attempts a ON a.request_id = r.id AND a.idx = r.answered_by
       WHERE r.conversation = ? AND r.ended = 'answered' AND r.task IS NOT NULL
       ORDER BY r.at DESC LIMIT 1`,
    )
    .get(conversation);
  if (!row) return undefined;
  return {
    model: { provider: row.provider as ModelId['provider'], name: String(row.model) },
    task: row.task as Task,
    promptTokens: Number(row.tokens ?? row.expected ?? 0),
    at: Number(row.at),
  };
}
