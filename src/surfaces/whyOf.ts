import type { RecentRequests } from './recentRequests.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { whyNobody, whyText } from './whyText.ts';

/** Why a request went where it did, or to nobody, in Markdown; undefined where that is no longer kept. */
export async function whyOf(
  requestId: string,
  parts: SurfaceParts,
  recent: RecentRequests,
  narrow: boolean,
): Promise<string | undefined> {
  const [engine, phrases] = await Promise.all([parts.engine(), parts.phrases()]);
  const outcome = recent.get(requestId)?.outcome;
  const decision = outcome?.decision ?? (await engine.decisionOf(requestId));
  if (decision) return whyText(decision, phrases, { outcome, narrow });
  const undecided = await engine.undecidedOf(requestId);
  return undecided && whyNobody(undecided, phrases);
}
