import type { DatabaseSync } from 'node:sqlite';
import type { ConfidenceOutcome } from '../vocabulary/confidence.ts';
import type { ProviderId } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';

/** The newest that are kept of each model and task. */
const mostOfOne = 300;
/** The most that are told, of all models and tasks. */
const mostTold = 6_000;

/**
 * Keeps how sure a model was beside what came of its answer: the developer's last word about it, else its check. An
 * answer that failed its check stays bad, whatever is said; what nobody judged is not kept. Doing it again changes
 * nothing more.
 */
export function learnOfConfidence(db: DatabaseSync, requestId: string): void {
  const rows = db
    .prepare(
      `SELECT a.idx, a.provider, a.model, coalesce(a.digest, '') AS digest, r.task, a.at,
         a.confidence_mean AS mean, a.confidence_opening AS opening, a.confidence_min AS min,
         a.weakest_name AS weakest, a.verdict,
         CASE WHEN r.answered_by = a.idx THEN (
           SELECT f.kind FROM feedback f WHERE f.request_id = a.request_id AND f.kind <> 'edited'
           ORDER BY f.at DESC, f.kind LIMIT 1) END AS word
       FROM attempts a JOIN requests r ON r.id = a.request_id
       WHERE a.request_id = ? AND a.confidence_mean IS NOT NULL AND r.task IS NOT NULL
         AND coalesce(a.findings, '') NOT LIKE '%"suspectedBug"%'`,
    )
    .all(requestId);
  for (const row of rows) {
    const good = isGood(row.verdict, row.word);
    if (good === undefined) continue;
    db.prepare(
      `INSERT INTO confidence_outcomes
         (request_id, idx, provider, model, digest, task, mean, opening, min, weakest, good, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET good = excluded.good`,
    ).run(
      requestId,
      ...([row.idx, row.provider, row.model, row.digest, row.task] as (string | number)[]),
      ...([row.mean, row.opening, row.min, row.weakest] as (number | null)[]),
      Number(good),
      Number(row.at),
    );
    const which = [row.provider, row.model, row.digest, row.task] as string[];
    const same = 'provider = ? AND model = ? AND digest = ? AND task = ?';
    db.prepare(
      `DELETE FROM confidence_outcomes WHERE ${same} AND at < (
         SELECT at FROM confidence_outcomes WHERE ${same} ORDER BY at DESC LIMIT 1 OFFSET ${mostOfOne - 1})`,
    ).run(...which, ...which);
  }
}

function isGood(verdict: unknown, word: unknown): boolean | undefined {
  if (verdict === 'failed') return false;
  if (word === 'good' || word === 'applied') return true;
  if (typeof word === 'string') return false;
  return verdict === 'passed' ? true : undefined;
}

/** All that is kept, the newest first. */
export function confidenceOutcomes(db: DatabaseSync): readonly ConfidenceOutcome[] {
  return db
    .prepare(
      `SELECT provider, model, digest, task, mean, opening, min, weakest, good FROM confidence_outcomes
       ORDER BY at DESC, request_id, idx LIMIT ${mostTold}`,
    )
    .all()
    .map((row) => ({
      model: { provider: row.provider as ProviderId, name: String(row.model) },
      digest: String(row.digest),
      task: row.task as Task,
      mean: Number(row.mean),
      min: Number(row.min),
      ...(row.opening === null ? {} : { opening: Number(row.opening) }),
      ...(row.weakest === null ? {} : { weakest: Number(row.weakest) }),
      good: row.good === 1,
    }));
}

export function forgetConfidence(db: DatabaseSync, model: string | undefined): void {
  if (model === undefined) db.exec('DELETE FROM confidence_outcomes');
  else db.prepare('DELETE FROM confidence_outcomes WHERE model = ?').run(model);
}
