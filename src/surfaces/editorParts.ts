import type { AnswerPreview } from './answerPreview.ts';
import type { Proposals } from './proposals.ts';
import type { RecentRequests } from './recentRequests.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** What the commands in an editor work with. */
export interface EditorParts {
  readonly parts: SurfaceParts;
  readonly recent: RecentRequests;
  readonly proposals: Proposals;
  readonly preview: AnswerPreview;
}
