import {
  mayOf,
  READY_ROLES,
  type ApiKeyView,
  type LoginAnswer,
  type Me,
  type RoleView,
  type UserView,
} from '@partyline/contracts';

const { name, permissions } = READY_ROLES.member;

export const ROLE: RoleView = { id: 'member', name, permissions: [...permissions], ready: true };

export const USER: UserView = {
  id: 'ben',
  email: 'ben@example.com',
  name: 'Ben Ortiz',
  roleId: 'member',
  active: true,
  availability: 'available',
  awayUntil: null,
};

export const ME: Me = {
  id: 'ben',
  tenant: { id: 'demo', name: 'Example Company' },
  name: 'Ben Ortiz',
  email: 'ben@example.com',
  role: { id: 'member', name },
  permissions: [...permissions],
  may: mayOf({ name, permissions }),
  availability: 'available',
  awayUntil: null,
  vapidPublicKey: null,
  demo: false,
};

export const SIGNED_IN: LoginAnswer = {
  accessToken: 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl',
  expiresIn: 900,
  me: ME,
};

export const API_KEY: ApiKeyView = {
  id: 'ak_1f0e9d8c',
  name: 'Nightly report',
  prefix: 'plk_demo_ak_1f0e9d8c',
  scopes: ['view', 'export'],
  createdBy: { id: 'ada', name: 'Ada Lovelace' },
  createdAt: '2026-11-23T18:00:00.000Z',
  expiresAt: '2027-02-21T18:00:00.000Z',
  revokedAt: null,
  lastUsedAt: null,
};
