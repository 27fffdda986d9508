import { bounded } from './ownWords.ts';

/** The parts of a prompt that mean different things: what is asked, what is told, what is pasted. */
export interface PromptZones {
  /** The first line of prose, at most 240 units: a title, or the whole of a short prompt. */
  readonly ask: string;
  /** The prose after it, at most 1,600 units: its beginning and its end. */
  readonly body: string;
  /** What the body asks: its first three questions; without any, its last sentence. Each at most 140 units. */
  readonly asked: string;
  /** What reads like code, output or a quotation; at most 1,200 units. */
  readonly pasted: string;
  /** 0..1, the part of the looked-at text that is pasted. */
  readonly pastedShare: number;
  /** UTF-16 units that were looked at. */
  readonly length: number;
}

const askLimit = 240;
const bodyHead = 1100;
const bodyTail = 500;
const pastedLimit = 1200;

const codeStart =
  /^(?:import |from \S+ import|def |function |const |let |var |public |private |class |#include|@\w|\/\/|\/\*|\* |<\/?\w|\$ |\+ |- {2}|at \S+[(:]|File "|SELECT |select |return |if ?\(|for ?\(|\} ?else|Caused by|goroutine |npm ERR!)/;

/** Whether one line of several reads like code or a program's output rather than like a sentence. */
function looksPasted(line: string): boolean {
  const text = line.trim();
  if (text === '') return false;
  const end = text.charCodeAt(text.length - 1);
  // ; { } end a line of code, seldom one of prose.
  if (end === 0x3b || end === 0x7b || end === 0x7d) return true;
  if (codeStart.test(text)) return true;
  let signs = 0;
  for (let at = 0; at < text.length && at < 200; at += 1) {
    const unit = text.charCodeAt(at);
    if (
      (unit >= 0x23 && unit <= 0x26) ||
      unit === 0x28 ||
      unit === 0x29 ||
      unit === 0x2a ||
      unit === 0x2b ||
      (unit >= 0x3b && unit <= 0x3e) ||
      (unit >= 0x5b && unit <= 0x5f) ||
      (unit >= 0x7b && unit <= 0x7e)
    )
      signs += 1;
  }
  return signs >= 4 && signs / Math.min(text.length, 200) > 0.12;
}

const questionLimit = 140;

/** The sentence that ends at `end`: back to the end of the one before it, at most `questionLimit` units. */
function sentenceBefore(prose: string, end: number): string {
  let start = Math.max(0, end - questionLimit);
  for (let at = end - 2; at > start; at -= 1) {
    const unit = prose.charCodeAt(at);
    const next = prose.charCodeAt(at + 1);
    const ends = unit === 0x2e || unit === 0x21 || unit === 0x3f || unit === 0x3a;
    if (unit === 0x0a || unit === 0x3002 || (ends && (next === 0x20 || next === 0x0a))) {
      start = at + 1;
      break;
    }
  }
  return prose.slice(start, end);
}

function askedIn(body: string): string {
  let found = '';
  let count = 0;
  for (let at = body.indexOf('?'); at !== -1 && count < 3; at = body.indexOf('?', at + 1)) {
    found += `${sentenceBefore(body, at + 1)}\n`;
    count += 1;
  }
  return count > 0 ? found : sentenceBefore(body, body.trimEnd().length);
}

/** Cuts a prompt into its zones in one pass; at most 8,001 units are looked at. */
export function zonesOf(text: string): PromptZones {
  const looked = bounded(text);
  if (!looked.includes('\n') && !looked.includes('\r')) return oneLine(looked);
  let ask = '';
  let body = '';
  let pasted = '';
  let pastedUnits = 0;
  let fence = '';
  for (const line of looked.split(/\r\n|\r|\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence !== '') {
      if (mark.startsWith(fence)) fence = '';
      else {
        pasted += `${line}\n`;
        pastedUnits += line.length + 1;
      }
      continue;
    }
    if (mark !== '') {
      fence = mark;
      continue;
    }
    if (/^ {0,3}>|^ {4}|^\t/.test(line) || looksPasted(line)) {
      pasted += `${line}\n`;
      pastedUnits += line.length + 1;
      continue;
    }
    if (line.trim() === '') continue;
    // A greeting alone is no title.
    if (ask === '' || ask.length < 12) ask = ask === '' ? line.trim() : `${ask} ${line.trim()}`;
    else body += `${line}\n`;
  }
  if (ask.length > askLimit) {
    body = `${ask.slice(askLimit)}\n${body}`;
    ask = ask.slice(0, askLimit);
  }
  return finished(ask, body, pasted, pastedUnits, looked.length);
}

function oneLine(looked: string): PromptZones {
  if (looked.length <= askLimit)
    return { ask: looked, body: '', asked: '', pasted: '', pastedShare: 0, length: looked.length };
  return finished(looked.slice(0, askLimit), looked.slice(askLimit), '', 0, looked.length);
}

function finished(
  ask: string,
  body: string,
  pasted: string,
  pastedUnits: number,
  length: number,
): PromptZones {
  const told =
    body.length > bodyHead + bodyTail ? `${body.slice(0, bodyHead)}\n${body.slice(-bodyTail)}` : body;
  return {
    ask,
    body: told,
    asked: body === '' ? '' : askedIn(told),
    pasted: pasted.length > pastedLimit ? pasted.slice(0, pastedLimit) : pasted,
    pastedShare: length === 0 ? 0 : Math.min(1, pastedUnits / length),
    length,
  };
}
