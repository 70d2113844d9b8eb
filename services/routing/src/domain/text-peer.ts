/** The customer's side of a text as one key: the sender, or everybody of a group text whoever of them wrote. */
export function peerKey(from: string, group: readonly string[]): string {
  return [...new Set([from, ...group])].sort().join(' ');
}
