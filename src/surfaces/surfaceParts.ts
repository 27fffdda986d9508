import type * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { Phrases } from '../phrases/phrases.ts';
import type { Result } from '../vocabulary/failure.ts';
import type { Hunk } from '../vocabulary/hunk.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Log } from '../vocabulary/ports.ts';
import type { Applied, MayMerge, Proposal } from '../vocabulary/proposal.ts';
import type { Repositories } from '../vocabulary/repository.ts';
import type { SettingName } from '../vocabulary/settings.ts';

/** Where Claude's key is kept. */
export interface KeyStore {
  claudeKey(): Promise<string | undefined>;
  set(key: string): Promise<void>;
  remove(): Promise<void>;
  /** A key is in the environment and the user was not asked about it yet. */
  mustAskAboutEnvironment(): Promise<boolean>;
  allowEnvironment(allowed: boolean): Promise<void>;
}

/** A model's Markdown made harmless while it streams; one for each answer. */
export interface MarkdownFilter {
  /** What may be shown of the text so far; the rest is kept until it is known to be harmless. */
  push(text: string): string;
  /** What was kept back. */
  end(): string;
}

/** What every surface is given by the composition root. */
export interface SurfaceParts {
  /** Loaded on first use: activation itself loads no engine. */
  engine(): Promise<Engine>;
  phrases(): Promise<Phrases>;
  /** Makes a new filter for each answer. */
  markdownFilter(): Promise<() => MarkdownFilter>;
  /** Names a conversation of Maia Auto by its first message: a keyed hash, the same in every window. */
  conversationOf(firstMessage: string): Promise<string>;
  policy(): Policy;
  /** Settings with a value that can't be taken as it is: the policy reads them at their strictest. */
  unreadableSettings(): readonly SettingName[];
  onDidChangePolicy(listener: () => void): vscode.Disposable;
  /**
   * Applies what the developer accepted, as one undo step; nothing is written where it fails.
   * @param mayMerge asked where the file was edited meanwhile, on other lines
   */
  apply(proposal: Proposal, mayMerge: MayMerge): Promise<Result<Applied>>;
  /** The pieces in which two texts differ, line by line. */
  hunks(before: string, after: string): Promise<readonly Hunk[]>;
  /** Whether a change of this file could not be saved. */
  isReadOnly(uri: vscode.Uri): Promise<boolean>;
  /** Loaded when a commit message is asked for. */
  repositories(): Promise<Repositories>;
  /** Forgets what was said in this workspace of running tests; false where nothing was. */
  forgetTestRuns(): Promise<boolean>;
  readonly keys: KeyStore;
  readonly log: Log & { show(): void };
  readonly context: vscode.ExtensionContext;
  /** `npm start` on practice servers. */
  readonly practice: boolean;
}
