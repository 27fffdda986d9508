/** Text that Markdown shows as it is: for names that come from outside. */
export function plainMarkdown(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|<>~$&]/g, (mark) =>
      mark === '<' || mark === '&' ? entity(mark) : `\\${mark}`,
    );
}

function entity(mark: string): string {
  return mark === '<' ? '&lt;' : '&amp;';
}

/** A link to one of Maia's commands; counts only in Markdown that is trusted for that command. */
export function commandLink(label: string, command: string, ...args: readonly string[]): string {
  const query = args.length > 0 ? `?${encodeURIComponent(JSON.stringify(args))}` : '';
  return `[${label}](command:${command}${query})`;
}
