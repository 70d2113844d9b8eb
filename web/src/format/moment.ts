/** What a field of type datetime-local holds, as a moment; null where it is none, or is over. */
export function momentOf(local: string, now: Date): string | null {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) || date <= now ? null : date.toISOString();
}
