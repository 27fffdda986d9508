import { askedNow, type Prompt } from './prompt.ts';

/** The word alone, where a word is all that is asked for. */
export function oneWord(prompt: Prompt): string | undefined {
  const asked = askedNow(prompt);
  const repeated = /\brepeat (?:this|the) word\b[^"]*"([^"\n]{1,40})"/i.exec(asked)?.[1];
  if (repeated) return repeated;
  if (!/\b(?:in|with) one word\b/i.test(asked)) return undefined;
  if (/\bmy name\b/i.test(asked)) {
    const told = prompt.turns.map(({ text }) => /\bmy name is (\p{L}+)/iu.exec(text)?.[1]);
    return told.find((name) => name !== undefined) ?? 'Unknown';
  }
  return /(\p{L}+)\W*$/u.exec(asked.replace(/[^.?!]*\b(?:in|with) one word\b.*$/is, ''))?.[1] ?? 'Yes';
}
