const last = new Map<string, Promise<unknown>>();

/**
 * One command at a time for each conversation, in the order of the clicks: the second names the epoch that the first
 * one made. Which of them failed is told to its own caller only.
 */
export function inTurn<T>(conversationId: string, command: () => Promise<T>): Promise<T> {
  const before = last.get(conversationId) ?? Promise.resolve();
  const mine = before.then(command, command);
  const settled = mine.then(
    () => undefined,
    () => undefined,
  );
  last.set(conversationId, settled);
  void settled.then(() => {
    if (last.get(conversationId) === settled) last.delete(conversationId);
  });
  return mine;
}
