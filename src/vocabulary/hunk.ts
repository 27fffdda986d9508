/** Lines of a file that become other lines, or none, or come where none were; 0-based. */
export interface Hunk {
  readonly before: { readonly first: number; readonly count: number };
  readonly after: { readonly first: number; readonly count: number };
}
