/** A link to one of Maia's commands; counts only in Markdown that is trusted for that command. */
export function commandLink(label: string, command: string, ...args: readonly string[]): string {
  const query = args.length > 0 ? `?${encodeURIComponent(JSON.stringify(args))}` : '';
  return `[${label}](command:${command}${query})`;
}
