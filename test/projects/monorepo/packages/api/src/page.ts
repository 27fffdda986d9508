export interface Page<T> {
  items: T[];
  next?: number;
}

export function page<T>(items: readonly T[], start: number, size: number): Page<T> {
  const end = start + size;
  return { items: items.slice(start, end), next: end < items.length ? end : undefined };
}
