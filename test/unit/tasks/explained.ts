import type { Request } from '../../../src/vocabulary/request.ts';
import type { Task } from '../../../src/vocabulary/task.ts';
import { judged, prepared, requestOf, targetOf } from './ask.ts';

export const script = targetOf(
  '/project/src/session.ts',
  `import { createHash } from 'node:crypto';
import type { Store } from './store.ts';

const MAX_AGE_MS = 30 * 60 * 1000;

export class SessionCache {
  private readonly entries = new Map<string, { value: string; expiresAt: number }>();

  constructor(private readonly store: Store) {}

  /* the cursor */ async ¦resolveToken(rawToken: string, userId?: string): Promise<string | undefined> {
    const key = createHash('sha256').update(rawToken).digest('hex');
    const cached = this.entries.get(key);
    if (cached && cached.expiresAt > Date.now()) return cached.value;
    const found = await this.store.findByHash(key);
    if (!found || (userId !== undefined && found.owner !== userId)) return undefined;
    this.entries.set(key, { value: found.value, expiresAt: Date.now() + MAX_AGE_MS });
    return found.value;
  }
}
`,
);
export const python = targetOf(
  '/project/report.py',
  `import csv
from collections import defaultdict
from pathlib import Path


def load_totals(path, *, delimiter=",", skip_empty=True):
    ¦totals = defaultdict(float)
    with Path(path).open(newline="") as handle:
        for row in csv.DictReader(handle, delimiter=delimiter):
            if skip_empty and not row["amount"]:
                continue
            totals[row["account"]] += float(row["amount"])
    return dict(totals)
`,
);
export const go = targetOf(
  '/project/queue.go',
  `package queue

import (
	"context"
	"errors"
	"sync"
)

var ErrClosed = errors.New("queue closed")

type Queue struct {
	mu     sync.Mutex
	items  []string
	closed bool
}

func (q *Queue) ¦PopWait(ctx context.Context) (string, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return "", ErrClosed
	}
	if len(q.items) == 0 {
		return "", ctx.Err()
	}
	head := q.items[0]
	q.items = q.items[1:]
	return head, nil
}
`,
);
export const java = targetOf(
  '/project/Money.java',
  `package shop;

import java.math.BigDecimal;
import java.util.List;

public final class Money {
    private final BigDecimal amount;

    Money(BigDecimal amount) { this.amount = amount; }

    public static Money ¦sumOf(List<Money> parts) {
        BigDecimal total = BigDecimal.ZERO;
        for (Money part : parts) {
            total = total.add(part.amount);
        }
        return new Money(total);
    }
}
`,
);

export async function verdictOf(task: Task, answer: string, more: Partial<Request> = {}, asked = '') {
  const draft = await prepared(task, requestOf(asked, { task, surface: 'chat', ...more }));
  return (await judged(draft, answer)).verdict;
}

/** The findings against an answer, with their values; none where nothing speaks against it. */
export async function codesOf(task: Task, answer: string, more: Partial<Request> = {}, asked = '') {
  const { kind, findings } = await verdictOf(task, answer, more, asked);
  return kind === 'failed'
    ? findings.map(({ code, params }) => `${code} ${Object.values(params).join()}`.trim())
    : [];
}
