import type { TestCase } from '../../code/code.ts';
import type { Finding } from '../../vocabulary/verdict.ts';

/** What reads the time of day, or waits for it to pass. */
const reads =
  /\bDate\.now\(\)|\bnew Date\(\)|\bperformance\.now\(\)|\btime\.(?:time|monotonic|perf_counter)(?:_ns)?\(\)|\b(?:datetime|date)\.(?:now|utcnow|today)\(|\btime\.Now\(\)|\bSystem\.(?:currentTimeMillis|nanoTime)\(\)|\b(?:Instant|LocalDate|LocalDateTime|LocalTime|ZonedDateTime)\.now\(|\bDateTime(?:Offset)?\.(?:Utc)?Now\b|\b(?:SystemTime|Instant)::now\(\)|\bTime\.now\b|\bnew DateTime\(\)|\b(?:microtime|hrtime)\(/;
const sleeps =
  /\bsetTimeout\(\s*(?:\w+|\([^)]*\)\s*=>[^,]{0,60}),\s*[1-9]|\b(?:time|asyncio)\.sleep\(\s*[\d.]*[1-9]|\bThread\.sleep\(|\btime\.Sleep\(|\bthread::sleep\(|\bTask\.Delay\(|\bsleep_for\(|(?:^|[^\w.$])u?sleep\(\s*[\d.]*[1-9]/m;
/** A clock that the test itself moves. */
const played = /fake|mock|freez|travel|patch|stub|setSystemTime|useFakeTimers|timecop|TimeProvider|clock/i;
/** Code that has to do with time: there the clock may be needed. */
const ofTime =
  /\b(?:Date|Time|Duration|Instant|Clock|Timer|Thread|Promise|Future|Task|Mutex|Lock)\b|time|clock|\bnow\b|sleep|delay|throttle|debounce|interval|expire|deadline|\basync\b|\bawait\b|\bgo func\b|\bchan\b|\bttl\b/i;

/** Tests that depend on the real clock, or sleep, where nothing that they test has to do with time. */
export function clockFaults(fresh: string, source: string, cases: readonly TestCase[]): Finding[] {
  if (played.test(fresh) || ofTime.test(source)) return [];
  return cases
    .filter(({ span }) => {
      const text = fresh.slice(span.start, span.end);
      return reads.test(text) || sleeps.test(text);
    })
    .map(({ name }): Finding => ({ code: 'usesClock', params: { test: name } }));
}
