import { expect, it } from '@jest/globals';
import { passAt, ReconciliationPlan, type Reconciliation } from './reconciliation.js';

const HOUR_MS = 3_600_000;
const now = new Date('2026-11-24T10:00:00.000Z');
const ago = (hours: number): Date => new Date(now.getTime() - hours * HOUR_MS);
const plan = new ReconciliationPlan(48 * HOUR_MS, 15 * 60_000, 0);
const state = (change: Partial<Reconciliation>): Reconciliation => ({
  tenantId: 'acme',
  carrier: 'twilio',
  accountId: 'main',
  sharedWith: [],
  pass: null,
  last: null,
  problem: null,
  failed: 0,
  nextAt: now,
  askedHours: null,
  ...change,
});

it.each<[string, Partial<Reconciliation>, number]>([
  ['two days back', { since: ago(1_000) }, 48],
  ['two days back, where nobody knows when the account was made', {}, 48],
  ['not before the account was made', { since: ago(3) }, 3],
  ['as far as somebody asks, although the account is young', { since: ago(3), askedHours: 72 }, 72],
  ['at nothing, where the account is younger than the last minutes', { since: ago(-1) }, 0],
])('a pass looks %s', (_what, change, hours) => {
  const pass = passAt(state(change), plan, now);
  expect([pass.from, pass.spanFrom, pass.to]).toEqual([ago(hours), ago(hours), now]);
});

it('one that began before candidates were kept proves nothing absent', () => {
  const { candidates, obscured, ...old } = passAt(state({}), plan, now);
  expect([candidates, obscured]).toEqual([[], false]);
  expect(passAt(state({ pass: old as never }), plan, now)).toMatchObject({ candidates: [], obscured: true });
});
