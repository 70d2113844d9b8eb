/** The other people of a group text, each once, without its sender and without our number. */
export function othersOf(everyone: readonly string[], from: string, ours: string): string[] {
  return [...new Set(everyone)].filter((address) => address !== from && address !== ours).sort();
}
