/** Where a projection keeps how far this person has read. Ids with dots or dollars would be read as paths. */
export function cursorPath(userId: string): `cursors.${string}` {
  if (!/^[A-Za-z0-9_-]+$/.test(userId)) throw new Error('A user id consists of A-Z a-z 0-9 _ - only');
  return `cursors.${userId}`;
}
