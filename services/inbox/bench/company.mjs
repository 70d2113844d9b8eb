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

/** Of ten conversations two are unassigned, four belong to somebody, four are done. @param {number} i */
export function kindOf(i) {
  const tenth = Math.floor(i / INBOXES.length) % 10;
  if (tenth < 2) return 'unassigned';
  return tenth < 6 ? 'owned' : 'done';
}

/** Already with so many conversations every section of every inbox fills a page, the viewer's own, too. */
const FULL_PAGES = 1_000;

/** Every other one of the first thousand belongs to the viewer; the others to all in turn. @param {number} i */
export function ownerOf(i) {
  const inInbox = Math.floor(i / INBOXES.length);
  if (i < FULL_PAGES && inInbox % 2 === 0) return VIEWER;
  return PEOPLE[Math.floor(inInbox / 10) % PEOPLE.length] ?? VIEWER;
}

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
