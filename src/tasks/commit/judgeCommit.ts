import type { Finding } from '../../vocabulary/verdict.ts';
import { hasOpenFence, isLoop, uselessness } from '../answerText.ts';
import { fenced } from '../promptText.ts';
import type { Judge } from '../taskDefinition.ts';
import { failed, notChecked, passed } from '../verdicts.ts';
import { messageOf } from './commitMessage.ts';
import type { CommitPlan } from './commitPlan.ts';
import { inStyle, prefixFault } from './commitStyle.ts';
import { contentWords, NamedText, namesIn } from './namesIn.ts';

/** Remarks that stand where a message should. */
const leftover =
  /^(?:diff --git |@@ -\d|\+\+\+ [ab]\/|--- [ab]\/|(?:\*\*)?option \d+\b|\[\d+ more lines of this file\]).*|\b(?:the diff shows|based on the (?:diff|changes?) (?:provided|shown|above)|as an ai\b).*/im;
const placeholder = /<[a-z][a-z -]{2,30}>|\[(?:ticket|issue|scope|type|description|your|insert)[^\]\n]*\]/i;

/** Names in the message are in the change, and it is written as the project writes its messages. */
export const judgeCommit: Judge<CommitPlan> = async (plan, answer) => {
  const useless = uselessness(answer);
  if (useless) return { verdict: failed(useless), text: answer };
  if (isLoop(answer)) return { verdict: failed({ code: 'repeats', params: {} }), text: answer };
  const { change, style } = plan;
  const known = new NamedText(...(change ? [change.diff, ...change.paths] : []), plan.words);
  const [first = '', ...rest] = messageOf(answer).split('\n');
  const subject = inStyle(style, first, (word) => known.has(word) && word !== word.toLowerCase());
  const message = [subject, ...rest].join('\n').trim();
  const text = plan.fenced ? fenced(message) : message;
  if (subject === '') return { verdict: failed({ code: 'emptyAnswer', params: {} }), text };

  const names = namesIn(message);
  const strange = change?.whole === true ? names.filter((name) => !known.has(name)) : [];
  const prefix = prefixFault(style, subject, (scope) => known.hasForm(scope));
  const faults: readonly Finding[] = [
    ...formFaults(subject, message, answer, known, style.limit),
    ...strange.slice(0, 4).map((name): Finding => ({ code: 'notInChange', params: { name } })),
    ...(prefix ? [{ code: 'otherCommitStyle', params: { style: prefix } } as const] : []),
  ];
  if (faults.length > 0) return { verdict: failed(...faults), text };
  const found = change ? foundOf(names, subject, known, change) : 0;
  if (found === 0) return { verdict: notChecked({ code: 'nothingToCheck', params: {} }), text };
  return { verdict: passed({ code: 'inChange', params: { count: found } }), text };
};

/**
 * How much of what a message says stands in the change: names, else at least half of the words that its first line is
 * about, in changed lines alone. Of 400 messages of one project 84 % have that with their own change, 30 % with another one.
 */
function foundOf(
  names: readonly string[],
  subject: string,
  known: NamedText,
  { diff, paths }: NonNullable<CommitPlan['change']>,
): number {
  const named = names.filter((name) => known.has(name)).length;
  if (named > 0) return named;
  const changed = new NamedText(...(diff.match(/^[+-].*$/gm) ?? []), ...paths);
  const words = contentWords(subject);
  const spoken = words.filter((word) => changed.hasForm(word)).length;
  return spoken * 2 >= words.length ? spoken : 0;
}

function formFaults(
  subject: string,
  message: string,
  answer: string,
  known: NamedText,
  limit: number,
): readonly Finding[] {
  const faults: Finding[] = [];
  if (hasOpenFence(answer)) faults.push({ code: 'cutShort', params: {} });
  const left = leftover.exec(message)?.[0];
  if (left) faults.push({ code: 'promptLeftover', params: { text: left.trim() } });
  const blank = placeholder.exec(subject)?.[0];
  if (blank && !known.has(blank)) faults.push({ code: 'placeholder', params: { text: blank } });
  const characters = [...subject].length;
  if (characters > limit) faults.push({ code: 'subjectTooLong', params: { characters, limit } });
  return faults;
}
