/** What stands in place of the n-th secret. */
export function maskOf(nth: number): string {
  return `‹secret ${nth}›`;
}

/** The first secret's mask in a text. */
export function maskIn(text: string): string | undefined {
  return /‹secret \d+›/.exec(text)?.[0];
}
