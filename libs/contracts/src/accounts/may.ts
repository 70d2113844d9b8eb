import { z } from 'zod';
import { PERMISSIONS, permissionSchema, type Permission } from './permission.js';

/** What each permission is called where Admins give it, and what it lets people do: "… allow you to <verb>". */
export const PERMISSION_WORDS: Readonly<
  Record<Permission, { readonly label: string; readonly verb: string }>
> = {
  view: { label: 'See conversations', verb: 'see conversations' },
  reply: { label: 'Reply to customers', verb: 'reply' },
  claim: { label: 'Assign to themselves', verb: 'take conversations' },
  transfer: { label: 'Transfer their own', verb: 'transfer conversations' },
  return: { label: 'Return to Inbox', verb: 'return conversations' },
  done: { label: 'Mark as Done', verb: 'mark conversations as done' },
  reopen: { label: 'Reopen', verb: 'reopen conversations' },
  note: { label: 'Write notes', verb: 'add notes' },
  start: { label: 'Write to somebody first', verb: 'start conversations' },
  assignAny: { label: 'Assign anybody’s, in every inbox', verb: 'assign conversations to others' },
  manageInboxes: { label: 'Manage inboxes', verb: 'manage inboxes' },
  manageRouting: { label: 'Manage numbers and routing', verb: 'manage numbers and routing' },
  viewAudit: { label: 'See the audit trail', verb: 'see the audit trail' },
  export: { label: 'Export', verb: 'export conversations' },
  manageUsers: { label: 'Manage people, roles and API access', verb: 'manage people and roles' },
};

/** Of every permission: true, or why not in words for the screen. */
export const maySchema = z.record(permissionSchema, z.union([z.literal(true), z.string()]));
export type May = z.infer<typeof maySchema>;

/** What a role allows, with the reason for everything that it does not. */
export function mayOf(role: { readonly name: string; readonly permissions: readonly Permission[] }): May {
  const answers = PERMISSIONS.map((permission) => [
    permission,
    role.permissions.includes(permission)
      ? true
      : `Your role ${role.name} does not allow you to ${PERMISSION_WORDS[permission].verb}.`,
  ]);
  return Object.fromEntries(answers) as May;
}
