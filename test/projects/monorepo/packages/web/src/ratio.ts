export function ratio(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}
