import type { Result } from './failure.ts';
import type { CommitFacts, ContextItem } from './request.ts';

/** What a commit would hold. */
export interface PendingChange {
  /** One item for each file, of kind `change`. */
  readonly context: readonly ContextItem[];
  readonly commit: CommitFacts;
}

/** A git repository that is open in the editor. */
export interface Repository {
  /** Absolute path of its work tree. */
  readonly root: string;
  /** The box that its next commit's message is written into; absent where the editor shows none. */
  readonly box?: { value: string };
  /** What is staged, else all that was changed: `nothingChanged` where there is neither. */
  change(signal: AbortSignal): Promise<Result<PendingChange>>;
}

/** The repositories of the open folders. Nothing of git runs in a folder that is not trusted. */
export interface Repositories {
  /** @param near a file or folder whose repository comes first */
  open(near: string | undefined, signal: AbortSignal): Promise<Result<readonly Repository[]>>;
}
