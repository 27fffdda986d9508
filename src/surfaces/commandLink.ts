/**
 * A link to one of Maia's commands; counts only in Markdown that is trusted for that command.
 * @param hover plain text that is shown while the pointer rests on it
 */
export function commandLink(
  label: string,
  command: string,
  args: readonly string[] = [],
  hover = '',
): string {
  const query = args.length > 0 ? `?${encodeURIComponent(JSON.stringify(args))}` : '';
  return `[${label}](command:${command}${query}${hover === '' ? '' : ` "${titleOf(hover)}"`})`;
}

/** A link's title ends at a quote and at an empty line, and icons are looked for in it as in any other text. */
function titleOf(hover: string): string {
  return hover
    .replaceAll('"', '”')
    .replaceAll('\\', '/')
    .replaceAll('$(', '(')
    .replace(/[<>`*]/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
