import type { Diagnostic } from '../../vocabulary/ports.ts';
import type { Finding, Verdict } from '../../vocabulary/verdict.ts';
import type { Standing, TaskTools } from '../tasks.ts';
import { askTypes } from '../types/askTypes.ts';
import { passed } from '../verdicts.ts';
import type { Composed } from './testFile.ts';
import type { TestsPlan } from './testsPlan.ts';

/** What a module does not have, whatever the runner makes of types. */
const missing: ReadonlySet<string> = new Set(['2305', '2459', '2614', '2724']);
const missingModule = '2307';
const argumentCounts: ReadonlySet<string> = new Set(['2554', '2555']);

/**
 * Has the types of a test file asked about. Most runners check none, and a test may break them on purpose: what counts is
 * what the test imports in vain, and a call with too few or too many arguments that is not there to fail.
 */
export function testTypes(
  plan: TestsPlan,
  { after }: Composed,
  findings: readonly Finding[],
  tools: TaskTools,
  signal: AbortSignal,
  standing: Standing,
): Promise<Verdict> {
  const { path, folder, languageId, existing: before, source, sourcePath } = plan;
  const lines = after.split('\n');
  const counts = ({ code = '', message, line, path: other }: Diagnostic) => {
    if (other !== undefined) return false;
    if (missing.has(code)) return true;
    if (code === missingModule) return /'\.{1,2}\//.test(message);
    const around = lines.slice(Math.max(0, line - 3), line + 2).join('\n');
    return argumentCounts.has(code) && !/throw|reject|\bas any\b|error/i.test(around);
  };
  const beside = [{ path: sourcePath, text: source }];
  const change = { path, folder, languageId, after, beside, ...(before === undefined ? {} : { before }) };
  return askTypes(passed(...findings), { change, counts }, tools, signal, standing);
}
