import { AddressWatch, inlineMarkdown, withoutChatTags } from './markdownInline.ts';
import { invisible, VisibleText } from './visibleText.ts';

/** Makes a model's Markdown harmless while it streams: the same whole text for every way of cutting it into chunks. */
export interface UntrustedMarkdown {
  /** What can be shown by now. */
  push(chunk: string): string;
  /** The rest; an open code block is closed, so that what Maia adds below stands outside of it. */
  end(): string;
}

interface Fence {
  readonly mark: string;
  /** Columns that the block was indented by, in a list; its lines lose as many. */
  readonly indent: number;
}

/** Spaces and marks that may stand before a code fence: lists, quotes. Longer ones hold none. */
const longestPrefix = 200;
const prefixOf = new RegExp(`^[ \\t>*+\\-.)\\d]{0,${longestPrefix}}`);
const listPrefix = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$/;

function columns(space: string): number {
  return space.replaceAll('\t', '    ').length;
}

function dedent(line: string, by: number): string {
  let removed = 0;
  let at = 0;
  while (removed < by && (line.charAt(at) === ' ' || line.charAt(at) === '\t')) {
    removed += line.charAt(at) === '\t' ? 4 : 1;
    at += 1;
  }
  return ' '.repeat(Math.max(0, removed - by)) + line.slice(at);
}

/**
 * Every code block is moved to the first column and fenced anew, whatever list it stood in: there all parsers agree
 * on where it begins and ends, and only outside of one text is escaped.
 */
class Guard implements UntrustedMarkdown {
  readonly #visible = new VisibleText();
  #pending = '';
  #fence: Fence | undefined;
  #lineStart = true;
  #firstLine = true;
  /** Lines that went on in a list item lose its indent once a block was moved out of it. */
  #dedent = 0;
  readonly #address = new AddressWatch();

  push(chunk: string): string {
    this.#pending += this.#visible.push(chunk);
    return this.#drain(false);
  }

  end(): string {
    this.#pending += this.#visible.end();
    let out = this.#drain(true);
    if (this.#fence) {
      out += `${this.#lineStart ? '' : '\n'}${this.#fence.mark}\n`;
      this.#fence = undefined;
    }
    this.#lineStart = true;
    this.#firstLine = true;
    this.#dedent = 0;
    this.#address.reset();
    return out;
  }

  #drain(last: boolean): string {
    let out = '';
    for (;;) {
      const before = this.#pending.length;
      if (before === 0) return out;
      const lineEnd = this.#pending.indexOf('\n');
      const whole = last || lineEnd >= 0;
      const line = lineEnd >= 0 ? this.#pending.slice(0, lineEnd) : this.#pending;
      out += this.#fence
        ? this.#codeLine(line, whole, lineEnd >= 0)
        : this.#textLine(line, whole, lineEnd >= 0);
      if (this.#pending.length === before) return out;
    }
  }

  /** Takes `count` units of the pending text, and the line end behind them where there is one. */
  #take(count: number, lineEnd: boolean): string {
    this.#pending = this.#pending.slice(count + (lineEnd ? 1 : 0));
    this.#lineStart = lineEnd;
    if (lineEnd) {
      this.#firstLine = false;
      this.#address.reset();
    }
    return lineEnd ? '\n' : '';
  }

  #codeLine(line: string, whole: boolean, lineEnd: boolean): string {
    const fence = this.#fence;
    if (!fence) return '';
    if (this.#lineStart) {
      if (!whole && /^[ \t]*(?:[`~]|$)/.test(line)) return '';
      if (!whole && columns(/^[ \t]*/.exec(line)?.[0] ?? '') === line.length) return '';
      const bare = dedent(line, fence.indent);
      // Some parsers let a run of both marks close a block, so it does here.
      const closing = /^ {0,3}([`~]+)[ \t]*$/.exec(bare)?.[1];
      if (closing?.startsWith(fence.mark)) {
        this.#fence = undefined;
        this.#dedent = fence.indent;
        const end = this.#take(line.length, lineEnd);
        return `${fence.mark}${end}`;
      }
      const used = whole ? line.length : safeCodeLength(line);
      if (used === 0 && !lineEnd) return '';
      const shown = withoutChatTags(dedent(line.slice(0, used), fence.indent));
      return shown + this.#take(used, whole && lineEnd);
    }
    const used = whole ? line.length : safeCodeLength(line);
    const shown = withoutChatTags(line.slice(0, used));
    if (used === 0 && !lineEnd) return '';
    return shown + this.#take(used, whole && lineEnd);
  }

  #textLine(line: string, whole: boolean, lineEnd: boolean): string {
    if (!this.#lineStart) return this.#inline(line, whole, lineEnd, '');
    const prefix = prefixOf.exec(line)?.[0] ?? '';
    const rest = line.slice(prefix.length);
    const run = prefix.length < longestPrefix ? (/^(?:`+|~+)/.exec(rest)?.[0] ?? '') : '';
    const undecided = prefix.length < longestPrefix && (run.length === rest.length || run.length >= 3);
    if (!whole && undecided) return '';
    if (run.length >= 3 && listPrefix.test(prefix)) {
      const info = rest.slice(run.length);
      if (!(run.startsWith('`') && info.includes('`')))
        return this.#openFence(line, prefix, run, info, lineEnd);
    }
    const space = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (line.trim() !== '' && columns(space) < this.#dedent) this.#dedent = 0;
    // The first line of a file may begin a preview's front matter, which is not Markdown.
    const shown = this.#firstLine && /^-{3,}[ \t]*$/.test(prefix) && rest === '' ? '***' : prefix;
    this.#pending = this.#pending.slice(prefix.length);
    this.#lineStart = false;
    const started = this.#dedent > 0 ? dedent(shown, this.#dedent) : shown;
    return this.#inline(rest, whole, lineEnd, started);
  }

  #inline(text: string, whole: boolean, lineEnd: boolean, started: string): string {
    const { out, used } = inlineMarkdown(text, whole, this.#address);
    const end = this.#take(used, lineEnd && used === text.length);
    return started + out + end;
  }

  #openFence(line: string, prefix: string, run: string, info: string, lineEnd: boolean): string {
    const language = /^[ \t]*([\w+#.-]{1,40})/.exec(info)?.[1] ?? '';
    const item = prefix.trimEnd();
    const indent = columns(prefix);
    this.#fence = { mark: run, indent };
    const end = this.#take(line.length, lineEnd);
    return `${item === '' ? '' : `${item}\n`}${run}${language}${end}`;
  }
}

/** Code that can be shown before its line is whole: what may become one of the chat's own tags waits. */
function safeCodeLength(line: string): number {
  const tag = line.lastIndexOf('<');
  return tag >= 0 &&
    '</vscode_'.startsWith(
      line
        .slice(tag)
        .toLowerCase()
        .replace(/^<(?!\/)/, '</'),
    )
    ? tag
    : line.length;
}

/** One guard per answer: begin a new one where another model starts again. */
export function untrustedMarkdown(): UntrustedMarkdown {
  return new Guard();
}

/** The same for a text that is whole. */
export function safeMarkdown(text: string): string {
  const guard = untrustedMarkdown();
  return guard.push(text) + guard.end();
}

/** A name or message from outside as text within Maia's own Markdown: nothing in it has a meaning. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|~$<>&]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/^(\s*\d*)([-=.)])/, '$1\\$2')
    .replace(/:(?=\/\/)|(?<=www)\.|@/gi, (character) => `&#${character.charCodeAt(0)};`);
}
