import { askedText, type Request } from '../vocabulary/request.ts';

const mostLetters = 60;
/** Names that a file of a project has by custom. */
const customary = [/\breadme\b/i, /\bcontributing\b/i, /\bchangelog\b/i] as const;
const customaryNames = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'] as const;

/**
 * The file name that a document is offered under: the customary one where it was asked for, else its title; letters,
 * digits and dashes alone, so that it is a name on every system and no path.
 */
export function documentName(markdown: string, request: Pick<Request, 'messages'>): string {
  const asked = askedText(request);
  const custom = customaryNames[customary.findIndex((word) => word.test(asked))];
  if (custom) return custom;
  const title = /^ {0,3}#{1,6}[ \t]+([^\n]+)$/m.exec(markdown.slice(0, 20_000))?.[1] ?? '';
  const words = title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    if (name.length + word.length + 1 > mostLetters) break;
    name += name === '' ? word : `-${word}`;
  }
  // Windows keeps these for devices.
  return /^(?:|con|prn|aux|nul|com\d|lpt\d)$/.test(name) ? 'document.md' : `${name}.md`;
}
