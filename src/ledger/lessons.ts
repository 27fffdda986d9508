import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import {
  bandOf,
  type DifficultyBand,
  type Learner,
  type Lesson,
  type Teacher,
} from '../vocabulary/experience.ts';
import type { ProviderId } from '../vocabulary/model.ts';
import type { LearnedShare } from '../vocabulary/summary.ts';
import type { Task } from '../vocabulary/task.ts';

/** What a teacher's word takes the place of: of one kind a request teaches once, and the last word of it counts. */
const kinds: Readonly<Record<Teacher, string>> = {
  passed: 'passed',
  failed: 'failed',
  good: 'thumb',
  notGood: 'thumb',
  applied: 'change',
  edited: 'change',
  undone: 'change',
  rejected: 'change',
  askedClaude: 'again',
};

const dayMs = 86_400_000;
/** Counts older than this stand together by thirty days. */
const daysApart = 60;
const bucketDays = 30;
/** What is older weighs nothing any more. */
const countedDays = 720;
/** Nobody takes back a word about an answer that is older. */
const revisableDays = 180;
/** The lessons that are told at most. */
const mostTold = 5_000;
const mostShares = 200;

interface Subject extends Learner {
  readonly task: Task;
  readonly band: DifficultyBand;
  readonly workspace: string;
}

/** All lessons since the version that is known already; without `lessons` where nothing has changed. */
export interface LessonsSince {
  readonly version: number;
  readonly lessons?: readonly Lesson[];
}

/**
 * What the checks of a finished request teach: each verdict that was reached, whoever answered in the end. Where the
 * code itself is under suspicion nothing is said of the model.
 */
export function learnFromChecks(db: DatabaseSync, requestId: string): void {
  const rows = db
    .prepare(
      `SELECT idx, verdict, at FROM attempts WHERE request_id = ? AND verdict IN ('passed', 'failed')
       AND coalesce(findings, '') NOT LIKE '%"suspectedBug"%'`,
    )
    .all(requestId);
  for (const row of rows)
    learn(db, requestId, Number(row.idx), row.verdict as 'passed' | 'failed', Number(row.at));
}

/** What the developer did with an answer teaches of the model that gave it. */
export function learnFromFeedback(db: DatabaseSync, requestId: string, teacher: Teacher, at: number): void {
  const index = answeredBy(db, requestId);
  if (index === undefined) return;
  if (teacher === 'failed') unlearn(db, requestId, index, 'passed');
  learn(db, requestId, index, teacher, at);
}

/** A check that came after the answer was applied has the last word on it. */
export function failLate(db: DatabaseSync, requestId: string): void {
  const index = answeredBy(db, requestId);
  if (index === undefined) return;
  db.prepare(
    `UPDATE attempts SET verdict = 'failed', findings = json_insert(coalesce(findings, '[]'), '$[#]', 'typeError')
     WHERE request_id = ? AND idx = ?`,
  ).run(requestId, index);
  db.prepare("UPDATE requests SET verdict = 'failed' WHERE id = ?").run(requestId);
}

function answeredBy(db: DatabaseSync, requestId: string): number | undefined {
  const row = db.prepare('SELECT answered_by FROM requests WHERE id = ?').get(requestId);
  return typeof row?.answered_by === 'number' ? row.answered_by : undefined;
}

function unlearn(db: DatabaseSync, requestId: string, index: number, teacher: Teacher): void {
  const about = subjectOf(db, requestId, index);
  if (!about) return;
  const subject = idOf(db, about);
  const which = [requestId, subject, kinds[teacher]] as const;
  const row = db
    .prepare('SELECT at FROM lessons WHERE request_id = ? AND subject = ? AND kind = ?')
    .get(...which);
  if (!row) return;
  countLess(db, subject, teacher, Number(row.at));
  db.prepare('DELETE FROM lessons WHERE request_id = ? AND subject = ? AND kind = ?').run(...which);
  changed(db);
}

function learn(db: DatabaseSync, requestId: string, index: number, teacher: Teacher, at: number): void {
  const about = subjectOf(db, requestId, index);
  if (!about) return;
  const subject = idOf(db, about);
  const kind = kinds[teacher];
  const before = db
    .prepare('SELECT teacher, at FROM lessons WHERE request_id = ? AND subject = ? AND kind = ?')
    .get(requestId, subject, kind);
  if (before?.teacher === teacher) return;
  if (before) countLess(db, subject, String(before.teacher), Number(before.at));
  db.prepare(
    `INSERT INTO lessons (request_id, subject, kind, teacher, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET teacher = excluded.teacher, at = excluded.at`,
  ).run(requestId, subject, kind, teacher, Math.round(at));
  db.prepare(
    `INSERT INTO lesson_counts (subject, teacher, day, count, last_at) VALUES (?, ?, ?, 1, ?)
     ON CONFLICT DO UPDATE SET count = count + 1, last_at = max(last_at, excluded.last_at)`,
  ).run(subject, teacher, dayOf(at), Math.round(at));
  changed(db);
}

/** Undefined where the ledger never heard what the request was. */
function subjectOf(db: DatabaseSync, requestId: string, index: number): Subject | undefined {
  const row = db
    .prepare(
      `SELECT a.provider, a.model, a.digest, a.host, r.task, r.workspace_hash,
         d.decision ->> '$.classification.difficulty' AS difficulty
       FROM attempts a JOIN requests r ON r.id = a.request_id JOIN details d ON d.request_id = a.request_id
       WHERE a.request_id = ? AND a.idx = ?`,
    )
    .get(requestId, index);
  if (!row || row.task === null || typeof row.difficulty !== 'number') return undefined;
  return {
    model: { provider: row.provider as ProviderId, name: String(row.model) },
    ...(row.digest === null ? {} : { digest: String(row.digest) }),
    ...(row.host === null ? {} : { host: String(row.host) }),
    task: row.task as Task,
    band: bandOf(row.difficulty),
    workspace: String(row.workspace_hash ?? ''),
  };
}

function idOf(db: DatabaseSync, about: Subject): number {
  const { model, digest = '', host = '', task, band, workspace } = about;
  const values = [model.provider, model.name, digest, host, task, band, workspace];
  db.prepare(
    `INSERT INTO lesson_subjects (provider, model, digest, host, task, band, workspace_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(...values);
  const row = db
    .prepare(
      `SELECT id FROM lesson_subjects WHERE provider = ? AND model = ? AND digest = ? AND host = ?
         AND task = ? AND band = ? AND workspace_hash = ?`,
    )
    .get(...values);
  return Number(row?.id);
}

function countLess(db: DatabaseSync, subject: number, teacher: string, at: number): void {
  const day = dayOf(at);
  db.prepare(
    `UPDATE lesson_counts SET count = count - 1 WHERE subject = ? AND teacher = ? AND day = (
       SELECT max(day) FROM lesson_counts WHERE subject = ? AND teacher = ? AND day IN (?, ?))`,
  ).run(subject, teacher, subject, teacher, day, bucketOf(day));
  db.prepare('DELETE FROM lesson_counts WHERE subject = ? AND count <= 0').run(subject);
}

function changed(db: DatabaseSync): void {
  db.exec('UPDATE lesson_version SET version = version + 1');
}

/**
 * What was learned, one lesson for all of a kind: as many as there were, and at the moment at which that many would weigh
 * as much as they do together. At most 5,000, the heaviest first.
 * @param halfLifeMs after which a lesson weighs half
 */
export function lessonsSince(
  db: DatabaseSync,
  known: number | undefined,
  now: number,
  halfLifeMs: number,
): LessonsSince {
  const version = Number(db.prepare('SELECT version FROM lesson_version').get()?.version);
  if (version === known) return { version };
  const subjects = new Map(
    db
      .prepare('SELECT * FROM lesson_subjects')
      .all()
      .map((row) => [Number(row.id), row]),
  );
  const heaviest = sumsOf(db, now, halfLifeMs)
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, mostTold);
  const lessons = heaviest.flatMap(({ subject, teacher, count, weight }): readonly Lesson[] => {
    const row = subjects.get(subject);
    if (!row) return [];
    const at = Math.round(now - halfLifeMs * Math.log2(count / weight));
    return [{ ...aboutOf(row), teacher, at, count }];
  });
  return { version, lessons };
}

interface Sum {
  readonly subject: number;
  readonly teacher: Teacher;
  count: number;
  weight: number;
}

/** One for each subject and teacher, in a fixed order. */
function sumsOf(db: DatabaseSync, now: number, halfLifeMs: number): readonly Sum[] {
  const sums: Sum[] = [];
  const rows = db.prepare(
    'SELECT subject, teacher, count, last_at FROM lesson_counts WHERE day > ? ORDER BY subject, teacher',
  );
  for (const row of rows.iterate(dayOf(now) - countedDays)) {
    const count = Number(row.count);
    const weight = count * 0.5 ** (Math.max(0, now - Number(row.last_at)) / halfLifeMs);
    const last = sums.at(-1);
    if (last && last.subject === row.subject && last.teacher === row.teacher) {
      last.count += count;
      last.weight += weight;
    } else sums.push({ subject: Number(row.subject), teacher: row.teacher as Teacher, count, weight });
  }
  return sums;
}

function aboutOf(row: Record<string, SQLOutputValue>): Omit<Lesson, 'teacher' | 'at'> {
  return {
    model: { provider: row.provider as ProviderId, name: String(row.model) },
    ...(row.digest === '' ? {} : { digest: String(row.digest) }),
    ...(row.host === '' ? {} : { host: String(row.host) }),
    task: row.task as Task,
    band: row.band as DifficultyBand,
    ...(row.workspace_hash === '' ? {} : { workspace: String(row.workspace_hash) }),
  };
}

/** What the panel tells: the same model counts once, whatever its digest, host and workspace. */
export function learnedShares(db: DatabaseSync): readonly LearnedShare[] {
  const rows = db
    .prepare(
      `SELECT s.model, s.task, s.band, max(c.last_at) AS last_at,
         coalesce(sum(c.count) FILTER (WHERE c.teacher = 'passed'), 0) AS passed,
         coalesce(sum(c.count) FILTER (WHERE c.teacher = 'failed'), 0) AS failed,
         coalesce(sum(c.count) FILTER (WHERE c.teacher IN ('good', 'applied')), 0) AS liked,
         coalesce(sum(c.count) FILTER (
           WHERE c.teacher IN ('notGood', 'rejected', 'undone', 'edited', 'askedClaude')), 0) AS disliked
       FROM lesson_counts c JOIN lesson_subjects s ON s.id = c.subject
       GROUP BY s.model, s.task, s.band ORDER BY last_at DESC, s.model, s.task, s.band LIMIT ${mostShares}`,
    )
    .all();
  return rows.map((row) => ({
    model: String(row.model),
    task: row.task as Task,
    band: row.band as DifficultyBand,
    passed: Number(row.passed),
    failed: Number(row.failed),
    liked: Number(row.liked),
    disliked: Number(row.disliked),
    lastAt: Number(row.last_at),
  }));
}

/** Forgets what was learned, of one model or of all. */
export function forgetLessons(db: DatabaseSync, model: string | undefined): void {
  const which = model === undefined ? '' : 'WHERE model = ?';
  const values = model === undefined ? [] : [model];
  for (const table of ['lessons', 'lesson_counts'])
    db.prepare(`DELETE FROM ${table} WHERE subject IN (SELECT id FROM lesson_subjects ${which})`).run(
      ...values,
    );
  db.prepare(`DELETE FROM lesson_subjects ${which}`).run(...values);
  changed(db);
}

/** Puts old counts together, at their mean time, and drops what is too old to count; in its caller's transaction. */
export function compactLessons(db: DatabaseSync, now: number): void {
  const today = dayOf(now);
  const old = bucketOf(today - daysApart);
  db.prepare(
    `INSERT INTO lesson_counts (subject, teacher, day, count, last_at)
     SELECT subject, teacher, day / ${bucketDays} * ${bucketDays}, sum(count), sum(count * last_at) / sum(count)
     FROM lesson_counts WHERE day < ? AND day % ${bucketDays} <> 0
     GROUP BY subject, teacher, day / ${bucketDays}
     ON CONFLICT DO UPDATE SET count = count + excluded.count,
       last_at = (count * last_at + excluded.count * excluded.last_at) / (count + excluded.count)`,
  ).run(old);
  db.prepare(`DELETE FROM lesson_counts WHERE day < ? AND day % ${bucketDays} <> 0`).run(old);
  db.prepare('DELETE FROM lesson_counts WHERE day < ?').run(today - countedDays);
  db.prepare('DELETE FROM lessons WHERE at < ?').run(now - revisableDays * dayMs);
  db.exec(
    `DELETE FROM lesson_subjects WHERE NOT EXISTS (SELECT 1 FROM lesson_counts c WHERE c.subject = lesson_subjects.id)
       AND id NOT IN (SELECT subject FROM lessons)`,
  );
}

function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}

function bucketOf(day: number): number {
  return Math.floor(day / bucketDays) * bucketDays;
}
