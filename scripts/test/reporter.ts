import type { TestEvent } from 'node:test/reporters';
import type { ReportLine } from './tally.ts';

/** A reporter of `node --test`: one line of JSON for each test that ended. */
export default async function* reporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const path: string[] = [];
  const said = new Map<string, string>();
  for await (const event of events) {
    if (event.type === 'test:start') {
      path.length = event.data.nesting;
      path[event.data.nesting] = event.data.name;
    }
    if (event.type === 'test:stdout' || event.type === 'test:stderr') {
      const { file, message } = event.data;
      said.set(file, ((said.get(file) ?? '') + message).slice(-4_000));
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const line = lineOf(event, said.get(event.data.file ?? '') ?? '');
    if (line) yield `${JSON.stringify({ ...line, title: titleOf(path, event.data) })}\n`;
  }
}

type Ended = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>;

function titleOf(path: readonly string[], { name, nesting }: Ended['data']): string {
  return [...path.slice(0, nesting), name].join(' › ');
}

function lineOf(event: Ended, said: string): Omit<ReportLine, 'title'> | undefined {
  const { details, skip, todo } = event.data;
  if (event.type === 'test:fail') {
    if (todo !== undefined) return { event: 'skip' };
    const error = event.data.details.error;
    const cause =
      error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error.cause);
    // The suite itself is not a test: what failed in it is told by itself.
    const inside = (error as { failureType?: string }).failureType === 'subtestsFailed';
    if (details.type === 'suite' && inside) return undefined;
    const message = error.cause === undefined ? error.message : cause;
    // A whole file failed: why is only in what it printed.
    return { event: 'fail', error: event.data.name === event.data.file ? `${message}\n${said}` : message };
  }
  if (details.type === 'suite') return undefined;
  return { event: skip === undefined && todo === undefined ? 'pass' : 'skip' };
}
