import { looksLikePassword, looksRandom } from './randomness.ts';

/** Shorter ones stand in every file. */
export const shortestLine = 16;

/** A line of a protected file as the index keeps it. */
export interface LineForm {
  readonly text: string;
  /** Holds what looks like a secret: recognised even where an unprotected file has the same line. */
  readonly secret: boolean;
}

const lineEnd = /\r\n|[\n\r\u2028\u2029]/;

/** `KEY=value`, `export KEY="value"`, `key: value,`. */
const assigned = /^(?:export\s+|set\s+|-\s+)?["']?[\w.-]{1,100}["']?\s*[:=]\s*(\S.*)$/i;

/** What stands around a line where it is shown: numbers, marks of a diff or quotation, the file that grep found it in. */
const around = [
  /^[+\-|>#*]+\s*/,
  /^(?:[^\s:]{1,300}:)?\d{1,7}\s*[:|)\-.\u2192\t ]\s*/,
  /^[^\s:]{1,300}[:-]\s*(?:\d{1,7}[:-]\s*)?/,
] as const;

function plain(line: string): string {
  return line.normalize('NFC').trim();
}

function unquoted(value: string): string {
  const bare = value.trim().replace(/[,;]$/, '').trim();
  const inside = /^(["'`])(.*)\1$/.exec(bare);
  return inside?.[2] ?? bare;
}

function looksSecret(value: string): boolean {
  // What has spaces or calls something is prose or code.
  return !/[\s(]/.test(value) && (looksRandom(value) || looksLikePassword(value));
}

/** The lines of a protected file that are long enough, and the values assigned in them. */
export function linesToKeep(text: string): readonly LineForm[] {
  const forms: LineForm[] = [];
  for (const raw of text.split(lineEnd)) {
    const line = plain(raw);
    if (line.length < shortestLine) continue;
    const value = assigned.exec(line)?.[1];
    const said = value === undefined ? undefined : unquoted(value);
    const secret = looksSecret(said ?? line);
    if (secret || !isCommonLine(line)) forms.push({ text: line, secret });
    if (said !== undefined && said.length >= shortestLine && said !== line && (secret || !isCommonLine(said)))
      forms.push({ text: said, secret });
  }
  return forms;
}

/** What is looked for of a text that came without its path: each line by itself, and without what is put around lines. */
export function linesToAsk(text: string): readonly string[] {
  const asked: string[] = [];
  for (const raw of text.split(lineEnd)) {
    if (raw.length < shortestLine) continue;
    const line = plain(raw);
    if (line.length < shortestLine) continue;
    asked.push(line);
    for (const before of around) {
      const rest = line.replace(before, '');
      if (rest !== line && rest.length >= shortestLine) asked.push(rest);
    }
    const value = assigned.exec(line)?.[1];
    const said = value === undefined ? '' : unquoted(value);
    if (said.length >= shortestLine && said !== line) asked.push(said);
    for (const [, , inside = ''] of line.matchAll(/(["'`])([^"'`]{16,1000})\1/g)) asked.push(inside.trim());
  }
  return asked;
}

/** Words of which code, configuration and licences everywhere are made. */
const commonWords = new Set(
  'abstract add all also an and any app apply are args argv array as assert async await base be bool boolean break build but by byte call case catch char class client close code config console const constructor context continue copy count create current data date debug def default del delete describe do doc dom double each elif else elseif empty end endif enum env equal error err event example except exception exec exists exit expect export exports extend extends false fatal field file final finally find first float fn for foreach format found from fs func function get getter global go handle handler has hash head header headers height html http https id if impl implement implements import in index info init input instanceof int integer interface internal into is it item items json key keys lambda last len length let line lines list load local log logger long loop main make map match max message method min mod model module mut name namespace new next nil no node none not null num number object of off ok on open option options or os out output override package page param params parse pass path print printf private process program promise prop props protected public push put query raise range raw read readonly record ref remove render replace req request require res reset resolve response result return router row run save script self send server service set setter should show size slice sort source sql src start state static status std str strict string struct sub super switch symbol sync sys system table target task test text the then this throw throws time title to token trace trim true try type typeof undefined union unit unknown until update url use user using util utils val value values var version view virtual void wait warn when where while width will window with write xml yield you your'.split(
    ' ',
  ),
);

const boilerplate =
  /^(?:import\b|from\s+\S+\s+import\b|export\s+(?:\*|\{[^}]*\})\s+from\b|package\b|using\b|#include\b|#!|#pragma\b|(?:const|let|var)\s+[\w{}\s,]+=\s*require\(|<\?xml|<!doctype|-----(?:BEGIN|END)\b|["']use strict["'])|\b(?:copyright|licen[cs]ed?|all rights reserved|warrant(?:y|ies)|permission is hereby|redistribution|spdx|mit license|apache license)\b/i;

/** Whether a line stands in files everywhere: imports, licences, dividers, code of nothing but common words. */
export function isCommonLine(line: string): boolean {
  if (boilerplate.test(line)) return true;
  const words = line.match(/[\p{L}_$][\p{L}\d_$]*/gu) ?? [];
  // Digits alone can be an account; dividers cannot.
  if (words.length === 0) return (line.match(/\d/g)?.length ?? 0) < 8;
  if (/\d{6}/.test(line)) return false;
  return words.every((word) =>
    word
      .split(/[_$]|(?<=[a-z])(?=[A-Z])/)
      .every((piece) => piece.length < 3 || commonWords.has(piece.toLowerCase())),
  );
}
