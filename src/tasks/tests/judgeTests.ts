import { codeBlocks, mayBe } from '../answerCode.ts';
import { uselessness } from '../answerText.ts';
import type { Judge } from '../taskDefinition.ts';
import { failed, notChecked } from '../verdicts.ts';
import type { TestsPlan } from './testsPlan.ts';

export const judgeTests: Judge<TestsPlan> = async (plan, answer) => {
  const useless = uselessness(answer);
  if (useless) return { verdict: failed(useless), text: answer };
  const blocks = codeBlocks(answer, plan.languageId).filter((block) => mayBe(block, plan.languageId));
  if (blocks.length === 0) return { verdict: failed({ code: 'noCode', params: {} }), text: answer };
  return { verdict: notChecked({ code: 'nothingToCheck', params: {} }), text: answer };
};
