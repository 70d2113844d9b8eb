import { z } from 'zod';

/** What a role may allow. */
export const PERMISSIONS = [
  'view',
  'reply',
  'claim',
  'transfer',
  'return',
  'done',
  'reopen',
  'note',
  'start',
  'assignAny',
  'manageInboxes',
  'manageRouting',
  'viewAudit',
  'export',
  'manageUsers',
] as const;
export const permissionSchema = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof permissionSchema>;

const MEMBER: readonly Permission[] = [
  'view',
  'reply',
  'claim',
  'transfer',
  'return',
  'done',
  'reopen',
  'note',
  'start',
];

/** The roles that come ready. `assignAny` is what makes an Admin of conversations. */
export const READY_ROLES: Readonly<
  Record<'admin' | 'member' | 'observer', { name: string; permissions: readonly Permission[] }>
> = {
  admin: { name: 'Admin', permissions: PERMISSIONS },
  member: { name: 'Member', permissions: MEMBER },
  observer: { name: 'Observer', permissions: ['view'] },
};
