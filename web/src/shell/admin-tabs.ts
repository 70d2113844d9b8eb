import type { Me } from '@partyline/contracts';

/** The screens of Admins; `needs`: the permission that the API asks for behind each. */
export const ADMIN_TABS = [
  { to: '/admin/people', label: 'People and roles', needs: 'manageUsers' },
  { to: '/admin/inboxes', label: 'Inboxes', needs: 'manageInboxes' },
  { to: '/admin/templates', label: 'Templates', needs: 'manageInboxes' },
  { to: '/admin/tags', label: 'Tags', needs: 'manageInboxes' },
  { to: '/admin/carriers', label: 'Carriers', needs: 'manageRouting' },
  { to: '/admin/opt-outs', label: 'Opt-outs', needs: 'manageRouting' },
  { to: '/admin/api-keys', label: 'API keys', needs: 'manageUsers' },
  { to: '/admin/webhooks', label: 'Webhooks', needs: 'manageUsers' },
  { to: '/admin/audit', label: 'Audit and export', needs: 'viewAudit' },
] as const;

/** Those that this person may use; none: there is no Admin for them. */
export const adminTabsOf = ({ may }: Pick<Me, 'may'>): readonly (typeof ADMIN_TABS)[number][] =>
  ADMIN_TABS.filter(({ needs }) => may[needs] === true);
