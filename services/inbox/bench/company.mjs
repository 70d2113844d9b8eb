// @ts-check
// Who works in the company of the benchmark. All of it follows from numbers, so that nothing has to be looked up.
import { READY_ROLES } from '@partyline/contracts';
import { conversationId } from '@partyline/kernel';

export const TENANT = 'bench';
export const INBOXES = ['support', 'sales', 'service', 'claims'];
export const PEOPLE = Array.from({ length: 50 }, (_, i) => `p${i}`);
/** Who looks at lists in the measurements. */
export const VIEWER = 'p0';

export const numberOf = (/** @type {string} */ inbox) => `+1212555010${INBOXES.indexOf(inbox)}`;
export const peerOf = (/** @type {number} */ i) => `+1${String(3_000_000_000 + i)}`;
export const inboxOf = (/** @type {number} */ i) => INBOXES[i % INBOXES.length] ?? 'support';
export const conversationOf = (/** @type {number} */ i) =>
  conversationId(TENANT, inboxOf(i), numberOf(inboxOf(i)), [peerOf(i)]);

/** Of ten conversations two are unassigned, two belong to somebody, six are done. @param {number} i */
export function kindOf(i) {
  const tenth = Math.floor(i / INBOXES.length) % 10;
  if (tenth < 2) return 'unassigned';
  return tenth < 4 ? 'owned' : 'done';
}
export const ownerOf = (/** @type {number} */ i) =>
  PEOPLE[Math.floor(i / (10 * INBOXES.length)) % PEOPLE.length] ?? VIEWER;

/** @param {string} id */
export const personOf = (id) => ({
  id,
  name: `Person ${id.slice(1)}`,
  active: true,
  availability: /** @type {const} */ ('available'),
  permissions: new Set(READY_ROLES.member.permissions),
});

/** @param {string} id @returns {import('../dist/domain/inbox.js').Inbox} */
export const inboxDefinition = (id) => ({
  id,
  name: id,
  kind: 'shared',
  memberIds: new Set(PEOPLE),
  reopenTo: 'unassigned',
  active: true,
});

/** @param {import('../dist/application/directory-store.js').DirectoryStore} directories */
export async function seedDirectory(directories) {
  for (const id of PEOPLE) await directories.saveMember(TENANT, { revision: 1, value: personOf(id) });
  for (const inbox of INBOXES) {
    await directories.saveInbox(TENANT, { revision: 1, value: inboxDefinition(inbox) });
    const route = {
      number: numberOf(inbox),
      carrier: 'simulator',
      accountId: 'bench',
      inboxId: inbox,
    };
    await directories.saveNumber(TENANT, { revision: 1, value: route });
  }
}
