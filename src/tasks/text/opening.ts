import type { Finding } from '../../vocabulary/verdict.ts';
import { cleanAnswer, isLoop } from '../answerText.ts';
import type { TextPlan } from '../plan.ts';
import { answerParts } from './answerParts.ts';
import { echoes, formatMark } from './echo.ts';
import { refuses } from './refusal.ts';
import { speechFault } from './speech.ts';

/** A model that has begun to think aloud has not begun to answer. */
const thinking = /^\s*<think>/;

/** What the first words of an answer already say against it. */
export function openingFault(plan: TextPlan, opening: string): Finding | undefined {
  if (thinking.test(opening)) return undefined;
  const text = cleanAnswer(opening);
  if (text.trim() === '') return undefined;
  if (refuses(text, plan.given.length > 0)) return { code: 'refusal', params: {} };
  const { prose } = answerParts(text);
  const mark = formatMark(prose, plan);
  if (mark !== undefined) return { code: 'formatLeftover', params: { text: mark } };
  if (echoes(text, plan)) return { code: 'echoesPrompt', params: {} };
  const speech = speechFault(plan, prose);
  if (speech) return speech;
  if (isLoop(text)) return { code: 'repeats', params: {} };
  return undefined;
}
