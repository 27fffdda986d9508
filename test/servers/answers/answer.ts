import { type Callable, target } from './callable.ts';
import { docComment } from './documentAnswer.ts';
import { filledComment, filledTests } from './filledForm.ts';
import { type Kind, kindOf } from './kind.ts';
import { newFunction } from './newCode.ts';
import {
  type Answer,
  askedNow,
  beforeMending,
  type CodeBlock,
  codeBlocks,
  freshResults,
  type Prompt,
  prose,
} from './prompt.ts';
import { commitMessage, design, explanation, guide, subjectOf } from './proseAnswer.ts';
import { oneWord } from './shortAnswer.ts';
import { type Quality, spoil } from './spoil.ts';
import { testFile } from './testsAnswer.ts';
import { callFor, callInTheSameText, fill, sayResults, wantsTool } from './toolAnswer.ts';

const fences = {
  typescript: 'typescript',
  python: 'python',
  go: 'go',
  java: 'java',
  csharp: 'csharp',
  rust: 'rust',
  cpp: 'cpp',
  ruby: 'ruby',
  php: 'php',
  other: '',
};

function fenced(text: string, language: string): string {
  return `\`\`\`${language}\n${text.replace(/\n+$/, '')}\n\`\`\``;
}

const hashComments = new Set(['python', 'py', 'ruby', 'rb', 'sh', 'bash', 'yaml']);

/** The same code with a comment in it: inside of what its first line opens, else over it. */
function changed({ code, language }: CodeBlock): string {
  const [first = '', ...rest] = code.split('\n');
  const indent = /^\s*/.exec(rest.find((line) => line.trim() !== '') ?? first)?.[0] ?? '';
  const note = `${hashComments.has(language) ? '#' : '//'} Changed as asked.`;
  return /[{:]\s*$/.test(first)
    ? [first, `${indent}${note}`, ...rest].join('\n')
    : `${/^\s*/.exec(first)?.[0]}${note}\n${code}`;
}

function written(kind: Kind, prompt: Prompt, callable: Callable | undefined): string {
  const asked = askedNow(prompt);
  const whole = `${prompt.system}\n${asked}`;
  const language = callable ? fences[callable.language] : '';
  switch (kind) {
    case 'document': {
      if (!callable) return `There is no function in what you gave: ${subjectOf(prose(asked))}.`;
      const comment = filledComment(codeBlocks(asked), callable) ?? docComment(callable);
      return /\b(?:comment|docstring) (?:alone|only)\b|\bonly the (?:doc )?(?:comment|docstring)\b/i.test(
        whole,
      )
        ? comment
        : fenced(comment, language);
    }
    case 'tests':
      if (!callable) return `There is no function to test in what you gave: ${subjectOf(prose(asked))}.`;
      return fenced(filledTests(asked, codeBlocks(asked), callable) ?? testFile(whole, callable), language);
    case 'commit':
      return commitMessage(asked);
    case 'guide':
      return guide(prose(asked));
    case 'architecture':
      return design(prose(asked));
    case 'explain':
      if (callable) return explanation(callable);
      break;
    case 'review':
      if (callable)
        return `\`${callable.name}\`: nothing checks ${callable.parameters.map(({ name }) => `\`${name}\``).join(' and ') || 'its state'} before it is used. Check it first and say what was wrong.\n`;
      break;
    case 'change': {
      const block = codeBlocks(asked).at(-1);
      if (block) return fenced(changed(block), block.language);
      break;
    }
    case 'generate': {
      const name = subjectOf(prose(asked)).replace(/[^\p{L}\p{N}]+(\p{L})/gu, (_, letter: string) =>
        letter.toUpperCase(),
      );
      const safe = name.replace(/[^\w]/g, '').slice(0, 40) || 'answer';
      const { language: written, code } = newFunction(asked, codeBlocks(asked), safe);
      return fenced(code, written);
    }
    case 'shell':
      return `${fenced(`grep -rn "${subjectOf(prose(asked)).split(' ').at(-1)}" .`, 'sh')}\n\nIt looks for that word in every file below this folder. It changes nothing.`;
  }
  const earlier = prompt.turns.filter((turn) => turn.role === 'user').length - 1;
  const after = earlier > 0 ? ` You asked ${earlier} other question${earlier > 1 ? 's' : ''} before.` : '';
  return `About ${subjectOf(prose(asked))}: begin with the smallest part that can be tried, look at what it does, then go on.${after}\n`;
}

/**
 * What a model says to a prompt; everything in it comes from the prompt.
 * @param mends a model that answers rightly once it is told what was wrong
 */
export function answerTo(prompt: Prompt, quality: Quality = 'good', mends = false): Answer {
  const before = beforeMending(prompt);
  if (before) return answerTo(before, mends ? 'good' : quality, mends);
  const asked = askedNow(prompt);
  const results = freshResults(prompt);
  const kind = kindOf(prompt);
  const callable = target(prose(asked), codeBlocks(asked));
  const thinking = `The user wants: ${subjectOf(prose(asked))}. It is about ${callable?.name ?? kind}.`;
  const right = (text: string): Answer => ({ thinking, text, calls: [] });
  if (results.length > 0)
    return spoil(right(sayResults(results)), quality === 'callAsText' ? 'good' : quality, undefined);
  if (wantsTool(prompt, quality === 'needlessCall'))
    return spoil({ thinking, text: '', calls: [callFor(prompt)] }, quality, undefined);
  const again = callInTheSameText(prompt);
  if (again) return spoil(right(again), quality, undefined);
  const word = oneWord(prompt);
  if (word !== undefined) return spoil(right(word), quality, undefined);
  if (prompt.schema)
    return spoil(right(JSON.stringify(fill(prompt.schema, prose(asked)))), quality, undefined);
  return spoil(right(written(kind, prompt, callable)), quality, callable?.code);
}
