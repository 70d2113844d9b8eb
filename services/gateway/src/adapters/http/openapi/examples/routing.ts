import type { DirectoryKind, Route } from '@partyline/contracts';

export const ROUTE: Route = {
  inboxId: 'department-support',
  inboxKind: 'shared',
  memberId: null,
  autoReply: null,
  leavesInboxId: null,
  trace: [
    { step: 'number', id: '+12125550101', text: '+12125550101 is routed to the department Support' },
    { step: 'inbox', id: 'department-support', text: 'It lands in Support' },
  ],
};

/** A record of each kind, as it is answered; its revision comes besides. */
export const RECORDS: Readonly<Record<DirectoryKind, object>> = {
  numbers: {
    id: '+12125550101',
    name: 'Main line',
    carrier: 'twilio',
    carrierAccountId: 'twilio-main',
    destination: { kind: 'department', id: 'support' },
    inboxId: 'department-support',
  },
  departments: {
    id: 'support',
    name: 'Support',
    memberIds: ['ada', 'ben'],
    scheduleId: 'office',
    closedReply: null,
  },
  'ring-groups': { id: 'sales', name: 'Sales', memberIds: ['cleo'], textsTo: { kind: 'self' } },
  'welcome-menus': {
    id: 'main',
    name: 'Main menu',
    memberIds: ['ada'],
    greeting: 'Reply 1 for Sales.',
    options: [{ key: '1', label: 'Sales', to: { kind: 'ring_group', id: 'sales' } }],
    sessionMinutes: 1440,
  },
  schedules: {
    id: 'office',
    name: 'Office hours',
    timeZone: 'America/New_York',
    hours: [{ day: 1, from: '09:00', to: '17:00' }],
  },
  inboxes: {
    id: 'department-support',
    name: 'Support',
    kind: 'shared',
    source: { kind: 'department', id: 'support' },
    memberIds: ['ada', 'ben'],
    reopenTo: 'unassigned',
    alertAfterMinutes: 15,
    returnWhenAway: false,
    autoAssign: null,
    active: true,
  },
};
