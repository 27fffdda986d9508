import type { Callable } from './callable.ts';
import { words } from './documentAnswer.ts';

/** What a text is about: the first line of its last paragraph, without the verb of asking and the kind of document. */
export function subjectOf(asked: string): string {
  const line = asked
    .trim()
    .split(/\n\s*\n/)
    .at(-1)!
    .trim()
    .split('\n')[0]!;
  const bare = line
    .replace(/^(?:please|could you|can you|now)\s+/i, '')
    .replace(/^(?:create|write|make|generate|give me|draft|design|explain|describe)\s+/i, '')
    .replace(/^(?:an?|the|some)\s+/i, '')
    .replace(
      /\s*\b(?:step[- ]by[- ]step\s+)?(?:guide|readme|runbook|tutorial|document|how-to)\b\s*(?:for|on|about|to)?\s*/gi,
      ' ',
    )
    .replace(/[.?!`]+$/g, '')
    .trim();
  return bare === '' ? 'this subject' : bare.slice(0, 80);
}

export function guide(asked: string): string {
  const subject = subjectOf(asked);
  const sections = [
    `# ${subject}: a guide`,
    `This guide takes you through ${subject}, from what you need to what to do when something fails.`,
    '## What you need',
    `- Rights to change the settings that concern ${subject}\n- Somebody to ask when a step does not do what it says`,
    '## Set it up',
    `1. Write down what ${subject} has to do for you, and for whom.\n2. Make a place to try it that nobody depends on.\n3. Set up ${subject} there with the defaults.\n4. Change one setting at a time, and note what changed.`,
    '## Check that it works',
    `Use ${subject} once as a person with few rights would. What they see has to be what you wrote down in the first step.`,
    '## Keep it healthy',
    `Look at ${subject} once a month: who has access, what is out of date, what nobody uses any more.`,
    '## When something fails',
    `| What you see | What to do |\n|---|---|\n| Access is denied | Check the rights of the person in ${subject} |\n| A change has no effect | Wait for it to spread, then sign in again |`,
  ];
  return `${sections.join('\n\n')}\n`;
}

export function design(asked: string): string {
  const subject = subjectOf(asked);
  return [
    `# ${subject}`,
    '## What has to hold',
    `- Nobody sees what belongs to somebody else\n- ${subject} goes on when one part of it is down`,
    '## Options',
    `1. One store for all of ${subject}: cheap, simple, one fault reaches everybody.\n2. One store each: dear, separate, slow to change.`,
    '## Recommendation',
    `Begin ${subject} with one store and a key on every row; move the largest out when they need it.\n`,
  ].join('\n\n');
}

/** What a reader can say of a function from its text alone. */
export function explanation(callable: Callable): string {
  const { name, parameters, code, returns } = callable;
  const body = code.slice(0, 4000);
  const lines = body.split('\n').length;
  const takes =
    parameters.length === 0
      ? 'takes no parameters'
      : `takes ${parameters.map((parameter) => `\`${parameter.name}\``).join(', ')}`;
  const calls = [...new Set([...body.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].map((match) => match[1]!))].filter(
    (each) => each !== name && !/^(?:if|for|while|switch|return|function|catch|def|func)$/.test(each),
  );
  const steps = [
    `It ${takes}.`,
    ...(/\b(?:for|while)\b/.test(body) ? ['It goes through its input in a loop.'] : []),
    ...(/\bif\b/.test(body) ? ['It decides by a condition what to do.'] : []),
    ...(/\b(?:throw|raise|panic)\b/.test(body) ? ['It refuses input that it cannot use with an error.'] : []),
    ...(calls.length > 0
      ? [
          `It calls ${calls
            .slice(0, 4)
            .map((each) => `\`${each}\``)
            .join(', ')}.`,
        ]
      : []),
    returns ? 'It returns what it worked out.' : 'It returns nothing.',
  ];
  return `\`${name}\` does what its name says: ${words(name)}.\n\n${steps.map((step, at) => `${at + 1}. ${step}`).join('\n')}\n\nPitfall: nothing in these ${lines} lines says what happens with input of another form.\n`;
}

/** A first line for a change, from the files and lines of a diff, with the prefix that is asked for. */
export function commitMessage(diff: string): string {
  const files = [...diff.matchAll(/^\+\+\+ b\/(\S+)/gm)].map((match) => match[1]!);
  const prefix = /the first line with `type: `.*one of: (\w+)/.exec(diff)?.[1];
  const added = /^\+(?!\+)\s*(.*\S)/m.exec(diff)?.[1] ?? '';
  const name = /\b(?:function|def|func|class|const|let)\s+([\w$]+)/.exec(added)?.[1];
  const where = files[0]?.split('/').at(-1) ?? 'the code';
  const said = name ? `Add ${name} to ${where}` : `Change ${where}`;
  return prefix ? `${prefix}: ${said}` : said;
}
