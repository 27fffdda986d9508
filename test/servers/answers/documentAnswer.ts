import type { Callable } from './callable.ts';

/** `parsePrice` as words: "parse price". */
export function words(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_$?!=]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** What a function does, from its name and its parameters' names. */
export function summary(callable: Callable): string {
  const [verb = '', ...rest] = words(callable.name).split(' ');
  if (/^(?:is|has|can)$/.test(verb) && rest.length > 0)
    return `Tells whether it ${verb} ${rest.join(' ')}${listed(callable, ', from ')}.`;
  // A name that is a noun, such as discountedTotal, says what comes back.
  const isNoun = /(?:ed|ing|er|or|al|able|ent|ion)$/.test(verb);
  const third = isNoun
    ? `gives the ${verb}`
    : /(?:s|x|z|ch|sh)$/.test(verb)
      ? `${verb}es`
      : verb.endsWith('y')
        ? `${verb.slice(0, -1)}ies`
        : `${verb}s`;
  const object = rest.length > 0 ? `${isNoun ? '' : 'the '}${rest.join(' ')}` : isNoun ? '' : 'its result';
  const said = `${[third, object].filter(Boolean).join(' ')}${listed(callable, ' from ')}`;
  return `${said[0]!.toUpperCase()}${said.slice(1)}.`;
}

function listed({ parameters }: Callable, before: string): string {
  return parameters.length > 0 ? before + parameters.map(({ name }) => name).join(' and ') : '';
}

export function aboutParameter(name: string): string {
  const text = aboutName(name);
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

function aboutName(name: string): string {
  const text = words(name);
  return /^(?:is|has|can) ./.test(text) ? `whether it ${text}` : `the ${text} to use`;
}

/** A doc comment in the language's own form, with the parameters that the code has. */
export function docComment(callable: Callable): string {
  const text = summary(callable);
  const { parameters, returns } = callable;
  const about = aboutName;
  switch (callable.language) {
    case 'python': {
      const args = parameters.map(
        ({ name }) => `    ${name}: ${about(name)[0]!.toUpperCase()}${about(name).slice(1)}.`,
      );
      const sections = [
        ...(args.length > 0 ? ['', 'Args:', ...args] : []),
        ...(returns ? ['', 'Returns:', '    The result.'] : []),
      ];
      return sections.length > 0 ? [`"""${text}`, ...sections, '"""'].join('\n') : `"""${text}"""`;
    }
    case 'go':
      return [
        `// ${callable.name} ${text[0]!.toLowerCase()}${text.slice(1)}`,
        ...parameters.map(({ name }) => `// The parameter ${name} is ${about(name)}.`),
      ].join('\n');
    case 'csharp':
      return [
        '/// <summary>',
        `/// ${text}`,
        '/// </summary>',
        ...parameters.map(
          ({ name }) =>
            `/// <param name="${name}">${about(name)[0]!.toUpperCase()}${about(name).slice(1)}.</param>`,
        ),
        ...(returns ? ['/// <returns>The result.</returns>'] : []),
      ].join('\n');
    case 'rust':
      return `/// ${text}`;
    case 'ruby':
      return [
        text,
        ...(parameters.length > 0 || returns ? [''] : []),
        ...parameters.map(({ name }) => `@param ${name} [Object] ${about(name)}`),
        ...(returns ? ['@return [Object] the result'] : []),
      ]
        .map((line) => `# ${line}`.trimEnd())
        .join('\n');
    default:
      return blockComment(callable, text);
  }
}

/** How the tags of a block name a parameter and what comes back. */
const tags: Partial<
  Record<Callable['language'], { readonly before: string; readonly after: string; readonly result: string }>
> = {
  java: { before: '', after: ' ', result: '@return the result' },
  cpp: { before: '', after: ' ', result: '@return the result' },
  php: { before: 'mixed $', after: ' ', result: '@return mixed The result.' },
};

function blockComment({ parameters, returns, language }: Callable, text: string): string {
  const { before, after, result } = tags[language] ?? {
    before: '',
    after: ' - ',
    result: '@returns The result.',
  };
  return [
    '/**',
    ` * ${text}`,
    ...(parameters.length > 0 || returns ? [' *'] : []),
    ...parameters.map(({ name }) => ` * @param ${before}${name}${after}${aboutName(name)}`),
    ...(returns ? [` * ${result}`] : []),
    ' */',
  ].join('\n');
}
