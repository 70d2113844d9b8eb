import type { ActData, ActType, AuditItem } from '@partyline/contracts';

/** What people call what is done besides conversations. */
export const ACT_KINDS: Readonly<Record<ActType, string>> = {
  'export.made': 'Exported',
  'user.created': 'Added a person',
  'user.changed': 'Changed a person',
  'user.disabled': 'Disabled a person',
  'role.created': 'Added a role',
  'role.changed': 'Changed a role',
  'role.removed': 'Removed a role',
  'api_key.created': 'Made an API key',
  'api_key.revoked': 'Revoked an API key',
  'number.created': 'Added a number',
  'number.changed': 'Changed a number',
  'number.removed': 'Removed a number',
  'department.created': 'Added a department',
  'department.changed': 'Changed a department',
  'department.removed': 'Removed a department',
  'ring_group.created': 'Added a ring group',
  'ring_group.changed': 'Changed a ring group',
  'ring_group.removed': 'Removed a ring group',
  'welcome_menu.created': 'Added a welcome menu',
  'welcome_menu.changed': 'Changed a welcome menu',
  'welcome_menu.removed': 'Removed a welcome menu',
  'schedule.created': 'Added a schedule',
  'schedule.changed': 'Changed a schedule',
  'schedule.removed': 'Removed a schedule',
  'inbox.created': 'Added an inbox',
  'inbox.changed': 'Changed an inbox',
  'inbox.removed': 'Removed an inbox',
  'carrier_account.created': 'Added a carrier account',
  'carrier_account.changed': 'Changed a carrier account',
  'carrier_account.removed': 'Removed a carrier account',
  'carrier_account.secret_added': 'Gave a secret a second value',
  'carrier_account.secret_promoted': 'Sends with the second value',
  'carrier_account.secret_retired': 'Retired the second value',
  'carrier_account.compared': 'Compared the carrier’s log',
  'carrier_account.recording_started': 'Had what arrives recorded',
  'carrier_account.recording_stopped': 'Stopped recording what arrives',
  'webhook.created': 'Added a webhook',
  'webhook.changed': 'Changed a webhook',
  'webhook.removed': 'Removed a webhook',
  'webhook.secret_rotated': 'Changed a webhook’s secret',
  'webhook.resent': 'Sent a webhook again',
  'template.created': 'Added a template',
  'template.changed': 'Changed a template',
  'template.removed': 'Removed a template',
  'tag.created': 'Added a tag',
  'tag.changed': 'Changed a tag',
  'opt_outs.noted': 'Noted opt-outs',
  'consent_settings.changed': 'Changed the words that count',
  'quiet_hours.changed': 'Changed quiet hours',
  'contact.merged': 'Merged contacts',
  'contact.separated': 'Separated contacts',
  'contact.erased': 'Erased a contact',
};

export const isAct = ({ type }: Pick<AuditItem, 'type'>): boolean => type in ACT_KINDS;

const OUTCOMES: Readonly<Record<ActData['outcome'], string>> = {
  begun: 'no end is known',
  done: '',
  refused: 'refused',
  unknown: 'nobody knows whether it was done',
  broken_off: 'broken off',
};

/** What it was done to, what was asked for, and what became of it where that is not what one expects. */
export function actWords({ data }: Pick<AuditItem, 'data'>): string {
  const { target, outcome, code, rows, given } = data as Partial<ActData>;
  const words = [
    typeof given?.['name'] === 'string' ? `${given['name']} (${target ?? 'new'})` : target,
    ...Object.entries(given ?? {})
      .filter(([field]) => field !== 'name')
      .map(([field, value]) => `${field}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
    rows === undefined ? null : `${rows} ${rows === 1 ? 'row' : 'rows'}`,
    outcome === undefined ? null : OUTCOMES[outcome],
    outcome === 'done' ? null : code,
  ];
  return words.filter((word) => word !== null && word !== undefined && word !== '').join(', ');
}
