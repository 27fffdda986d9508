import type { Answer } from './prompt.ts';

/** How well a model answers: rightly, or badly in a way that small models do. */
export type Quality =
  | 'good'
  | 'inventedParameter'
  | 'missingParameter'
  | 'changedOperator'
  | 'unclosedFence'
  | 'wrappedInProse'
  | 'noAssertions'
  | 'refusal'
  | 'loop'
  | 'empty'
  /** Names something, in its first line, that is nowhere. */
  | 'inventedName'
  /** Begins with a mark of its own chat format. */
  | 'chatMarks'
  | 'callAsText'
  /** Numbers and truth values of a call come as text. */
  | 'textArguments'
  /** Calls a tool also where none is needed. */
  | 'needlessCall'
  /** Has no end: a base model goes on with what could come next. */
  | 'endless';

const declared = /^(.*?)(@param (?:\{[^}]*\} |mixed \$)?|<param name="|The parameter |^ {4})(\w+)(.*)$/m;

function inventParameter(text: string): string {
  // Rust's comments name parameters in a section of their own, if at all.
  if (/^\/\/\/ (?!<)/m.test(text))
    return text.replace(
      /^\/\/\/ .*$/m,
      '$&\n///\n/// # Arguments\n///\n/// * `options` - The options to use.',
    );
  return text.replace(declared, (line, before: string, mark: string, name: string, after: string) => {
    const invented =
      mark.trim() === '' && !after.startsWith(':') ? undefined : `${before}${mark}${name}Options${after}`;
    return invented === undefined ? line : `${line}\n${invented}`;
  });
}

/** Makes a right answer bad in one way; `code` is what the prompt's function looks like. */
export function spoil(answer: Answer, quality: Quality, code: string | undefined): Answer {
  const { text } = answer;
  switch (quality) {
    case 'good':
      return answer;
    case 'inventedParameter':
      return { ...answer, text: inventParameter(text) };
    case 'missingParameter':
      return {
        ...answer,
        text: text
          .replace(/^.*(?:@param|<param name=|The parameter ).*\n/m, '')
          .replace(/(Args:\n) {4}.*\n/, '$1'),
      };
    case 'changedOperator': {
      const changed = (code ?? text).replace(/(\s)([+\-*<>])(\s)/, (_, a: string, op: string, b: string) => {
        const other: Record<string, string> = { '+': '-', '-': '+', '*': '/', '<': '>', '>': '<' };
        return `${a}${other[op]}${b}`;
      });
      return { ...answer, text: code ? `${text}\n${changed}` : changed };
    }
    case 'unclosedFence': {
      const lines = text
        .replace(/\n?```\s*$/, '')
        .trimEnd()
        .split('\n');
      const kept = lines.slice(0, Math.max(1, lines.length - 2)).join('\n');
      return { ...answer, text: text.includes('```') ? kept : `\`\`\`\n${kept}` };
    }
    case 'wrappedInProse':
      return {
        ...answer,
        text: `Sure! Here is what you asked for:\n\n${text}\n\nI hope this helps. Let me know if you need more.`,
      };
    case 'noAssertions':
      return {
        ...answer,
        text: text
          .replace(
            /\b(?:expect\((.*)\)\.\w+\(.*\)|assert\.\w+\(([^,]*\)),.*\));/g,
            (_, a?: string, b?: string) => `${a ?? b};`,
          )
          .replace(/\bassert (.*) == .*$/gm, '$1')
          .replace(/\b(?:assert_eq!|EXPECT_EQ)\((.*), [^,]*\);$/gm, '$1;')
          .replace(/\bexpect\((.*)\)\.to .*$/gm, '$1')
          .replace(
            /(?:\$this->assertSame|\bself\.assertEqual|\bassert_equal)[ (](.*), ([^,]*?)\)?(;?)$/gm,
            '$1$3',
          ),
      };
    case 'refusal':
      return { thinking: '', calls: [], text: "I'm sorry, but I can't help with that." };
    case 'loop': {
      const piece = `${text.split('\n').find((line) => line.trim().length > 10) ?? 'The function is a function.'}\n`;
      return { ...answer, calls: [], text: text + piece.repeat(60) };
    }
    case 'empty':
      return { thinking: '', calls: [], text: '' };
    case 'chatMarks':
      return { ...answer, text: `<|im_start|>assistant\n${text}` };
    case 'inventedName':
      return { ...answer, text: text.replace(/$/m, ' as in `frobnicateAll`') };
    case 'textArguments':
      return {
        ...answer,
        calls: answer.calls.map(({ name, input }) => ({
          name,
          input: Object.fromEntries(Object.entries(input).map(([key, value]) => [key, String(value)])),
        })),
      };
    case 'needlessCall':
      return answer;
    case 'endless': {
      const next = Array.from({ length: 200 }, (_, nth) => `Question ${nth + 2}: what comes after that?`);
      return { ...answer, calls: [], text: `${text}\n\n${next.join('\n\n')}` };
    }
    case 'callAsText': {
      const [call] = answer.calls;
      if (!call) return answer;
      return { ...answer, calls: [], text: JSON.stringify({ name: call.name, arguments: call.input }) };
    }
  }
}
