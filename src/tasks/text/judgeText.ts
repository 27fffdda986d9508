import type { Finding } from '../../vocabulary/verdict.ts';
import { cleanAnswer, hasOpenFence, isLoop, uselessness } from '../answerText.ts';
import type { TextPlan } from '../plan.ts';
import type { Judge } from '../taskDefinition.ts';
import { failed, notChecked, passed } from '../verdicts.ts';
import { type AnswerParts, answerParts } from './answerParts.ts';
import { checkParts, unwrapped } from './documentParts.ts';
import { echoes, formatMark } from './echo.ts';
import { checkLines } from './lineReferences.ts';
import { checkNames } from './nameFaults.ts';
import { programLanguageFault } from './programLanguage.ts';
import { refuses } from './refusal.ts';
import { saysAgain } from './repetition.ts';
import { speechFault } from './speech.ts';

/** So many names of the code that are right say something of an answer; one alone may be the question's. */
const enoughNames = 2;
/** An answer that goes on for longer than this has answered, however it began. */
const shortAnswer = 700;

/** Text is shown as it came: what can be said against it is found, and what could be checked is counted. */
export const judgeText: Judge<TextPlan> = async (plan, answer, tools, signal) => {
  const said = plan.task === 'prose' ? unwrapped(cleanAnswer(answer)) : answer;
  const parts = answerParts(said);
  const useless = textFault(plan, said, parts);
  if (useless) return { verdict: failed(useless), text: answer };
  const lines = checkLines(plan, parts);
  const document = plan.task === 'prose' ? checkParts(plan, parts, said) : { there: 0, faults: [] };
  const names = await checkNames(plan, parts, tools, signal);
  const language = plan.task === 'explain' ? programLanguageFault(plan, parts.prose) : undefined;
  const faults = [...(language ? [language] : []), ...document.faults, ...names.faults, ...lines.faults];
  if (faults.length > 0) return { verdict: failed(...faults), text: answer };
  if (plan.unchecked) return { verdict: notChecked(plan.unchecked), text: answer };
  const found: Finding[] = [];
  if (document.there > 0) found.push({ code: 'partsThere', params: { count: document.there } });
  if (names.known >= enoughNames) found.push({ code: 'namesKnown', params: { count: names.known } });
  if (lines.right > 0) found.push({ code: 'linesRight', params: { count: lines.right } });
  const verdict = found.length > 0 ? passed(...found) : notChecked({ code: 'nothingToCheck', params: {} });
  return { verdict, text: answer };
};

/** What makes an answer useless as a whole. */
function textFault(plan: TextPlan, answer: string, { prose }: AnswerParts): Finding | undefined {
  const useless = uselessness(answer);
  if (useless) return useless;
  const text = cleanAnswer(answer);
  const short = text.trim().length < shortAnswer && !text.includes('```');
  if (short && refuses(text, plan.given.length > 0)) return { code: 'refusal', params: {} };
  if (isLoop(text) || saysAgain(prose)) return { code: 'repeats', params: {} };
  if (hasOpenFence(text)) return { code: 'cutShort', params: {} };
  const mark = formatMark(prose, plan);
  if (mark !== undefined) return { code: 'formatLeftover', params: { text: mark } };
  if (short && echoes(text, plan)) return { code: 'echoesPrompt', params: {} };
  return speechFault(plan, prose);
}
