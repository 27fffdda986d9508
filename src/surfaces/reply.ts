import * as l10n from '@vscode/l10n';
import type { Phrases } from '../phrases/phrases.ts';
import { Restart } from '../phrases/restart.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Footer } from '../vocabulary/policy.ts';
import { failureSentence } from './failureSentence.ts';
import { footer } from './footer.ts';
import { OpenFence } from './openFence.ts';
import type { MarkdownFilter } from './surfaceParts.ts';

/** Where a reply is shown. */
export interface ReplySink {
  progress(text: string): void;
  /** A model's text: never trusted. */
  markdown(text: string): void;
  /** Maia's own line; it may link to the *why* command. */
  own(markdown: string): void;
}

export interface ReplyOptions {
  readonly phrases: Phrases;
  readonly newFilter: () => MarkdownFilter;
  readonly footer: Footer;
  readonly practice: boolean;
  /** False where a line can't link to a command. */
  readonly links?: boolean;
}

/**
 * Shows one request's events: progress first, then one unbroken run of Markdown whose last lines are Maia's own.
 * A model's text passes the filter; a restart says plainly that another model's whole answer follows.
 */
export class Reply {
  readonly #sink: ReplySink;
  readonly #options: ReplyOptions;
  #filter: MarkdownFilter;
  #fence = new OpenFence();
  #length = 0;
  #start = 0;
  #lastProgress = '';
  #outcome: Outcome | undefined;
  #restarting: Restart | undefined;
  #end = 0;

  constructor(sink: ReplySink, options: ReplyOptions) {
    this.#sink = sink;
    this.#options = options;
    this.#filter = options.newFilter();
  }

  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /** UTF-16 offsets of the answer in all that was shown: what a later turn is told of it. */
  get shown(): readonly [number, number] {
    return [this.#start, this.#end];
  }

  take(event: EngineEvent): void {
    const { phrases } = this.#options;
    if (event.type === 'progress') {
      this.#restarting?.progress(event.progress);
      this.#progress(phrases.progress(event.progress));
    }
    if (event.type === 'thinking') this.#progress(l10n.t('Thinking…'));
    else if (event.type === 'text') this.#show(this.#filter.push(event.text));
    else if (event.type === 'restarted') {
      this.#closeAnswer();
      this.#restarting = new Restart(event, phrases);
    } else if (event.type === 'finished') this.#finish(event.outcome);
  }

  #progress(text: string): void {
    // A progress line after the first Markdown would fold away everything above it.
    if (this.#length > 0 || text === this.#lastProgress) return;
    this.#lastProgress = text;
    this.#sink.progress(text);
  }

  #show(text: string): void {
    if (text === '') return;
    this.#restart();
    this.#fence.push(text);
    this.#length += text.length;
    this.#end = this.#length;
    this.#sink.markdown(text);
  }

  #own(markdown: string): void {
    this.#length += markdown.length;
    this.#sink.own(markdown);
  }

  #closeAnswer(): void {
    this.#show(this.#filter.end());
    const closing = this.#fence.closing();
    if (closing !== '') this.#own(closing);
    this.#fence = new OpenFence();
    this.#filter = this.#options.newFilter();
  }

  /** Said with the first text that follows: only then it is known whose answer it is. */
  #restart(): void {
    if (!this.#restarting) return;
    this.#own(`\n\n---\n\n**${escapeMarkdown(this.#restarting.sentence())}**\n\n`);
    this.#restarting = undefined;
    this.#start = this.#length;
    this.#end = this.#length;
  }

  #finish(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#show(this.#filter.end());
    const nothingShown = this.#end === this.#start || this.#restarting !== undefined;
    if (nothingShown && outcome.text.trim() !== '') {
      this.#filter = this.#options.newFilter();
      this.#show(this.#filter.push(outcome.text));
    }
    this.#closeAnswer();
    const lines = this.#lastLines(outcome);
    if (lines.length > 0) this.#own(`${this.#length > 0 ? '\n\n' : ''}${lines.join('\n\n')}\n`);
  }

  #lastLines(outcome: Outcome): readonly string[] {
    const lines: string[] = [];
    if (outcome.failure) lines.push(this.#failure(outcome, outcome.failure));
    else if (outcome.verdict && outcome.verdict.kind !== 'passed' && outcome.verdict.findings.length > 0)
      lines.push(this.#verdict(outcome));
    if (outcome.end === 'cancelled' && this.#length > 0) lines.push(`*${l10n.t('Stopped.')}*`);
    const { footer: style, practice, links } = this.#options;
    const line = footer(outcome, style, practice, links);
    if (line !== '') lines.push(line);
    else if (practice && (lines.length > 0 || this.#length > 0)) lines.push(`*${l10n.t('practice')}*`);
    return lines;
  }

  #verdict(outcome: Outcome): string {
    if (!outcome.verdict) return '';
    // Text that nobody could check is not worth a line; code that goes into a file is.
    if (outcome.verdict.kind === 'notChecked' && !outcome.proposal) return '';
    return `$(warning) ${escapeMarkdown(this.#options.phrases.verdict(outcome.verdict))}`;
  }

  #failure(outcome: Outcome, failure: Failure): string {
    const sentence = escapeMarkdown(failureSentence(failure, this.#options.phrases, outcome.verdict));
    return outcome.end === 'answered' ? `$(warning) ${sentence}` : sentence;
  }
}
