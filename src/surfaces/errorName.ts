/** What the log may know of an error: its name and its code. Its message may hold a path, or what somebody wrote. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const { code } = error as Error & { readonly code?: unknown };
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? `${error.name} ${code}` : error.name;
}
