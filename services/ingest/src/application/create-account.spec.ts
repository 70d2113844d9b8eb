import { describe, expect, it } from '@jest/globals';
import { SecretBox } from '@partyline/carriers';
import type { CarrierPrices } from '@partyline/contracts';
import { FixedClock } from '@partyline/testing';
import type { Account } from '../domain/account.js';
import type { AccountStore } from './account-store.js';
import { HooksAddress, type AccountViews } from './account-view.js';
import type { Accounts } from './accounts.js';
import { CreateAccount } from './create-account.js';
import { SimulatorSwitch } from './simulator-switch.js';

const input = {
  carrier: 'simulator',
  name: 'Phones',
  publicUrl: 'https://hooks.example.com/hooks/simulator/phones',
  settings: { apiBase: 'https://phones.example.com' },
  secrets: { signingSecret: 'a-secret-of-some-length' },
  active: true,
};

async function create(isDemo: boolean, change: Partial<typeof input> & { prices?: CarrierPrices } = {}) {
  const added: string[] = [];
  const store = {
    add: (account: { carrier: string }) => Promise.resolve(added.push(account.carrier) > 0),
  } as unknown as AccountStore;
  const views = { of: () => Promise.resolve({}) } as unknown as AccountViews;
  const accounts = { forget: () => undefined } as unknown as Accounts;
  const useCase = new CreateAccount(
    store,
    accounts,
    views,
    new SecretBox(Buffer.alloc(32, 7).toString('base64')),
    new HooksAddress('https://hooks.example.com', false),
    new SimulatorSwitch(isDemo),
    new FixedClock(),
  );
  return { outcome: await useCase.execute('acme', { ...input, ...change }), added };
}

describe('an account of the phone simulator', () => {
  it('cannot be set up outside of the demo, where anybody could send texts through it', async () => {
    const { outcome, added } = await create(false);
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION', issues: [{ path: 'carrier' }] },
    });
    expect(added).toEqual([]);
  });

  it('can be set up in the demo', async () => {
    const { outcome, added } = await create(true);
    expect(outcome).toMatchObject({ ok: true });
    expect(added).toEqual(['simulator']);
  });
});

describe('an account that is made twice', () => {
  const box = new SecretBox(Buffer.alloc(32, 7).toString('base64'));
  const kept = new Map<string, Account>();
  const store = {
    add: (account: Account) =>
      Promise.resolve(!kept.has(account.id) && kept.set(account.id, account) && true),
    find: (id: string) => Promise.resolve(kept.get(id) ?? null),
  } as unknown as AccountStore;
  const views = { of: ({ id, name }: Account) => Promise.resolve({ id, name }) } as unknown as AccountViews;
  const make = (tenantId: string, change: object = {}) =>
    new CreateAccount(
      store,
      { forget: () => undefined } as unknown as Accounts,
      views,
      box,
      new HooksAddress('https://hooks.example.com', false),
      new SimulatorSwitch(true),
      new FixedClock(),
    ).execute(tenantId, { id: 'phones', ...input, ...change });

  it('is there once; another one, of another secret or of another company, is refused', async () => {
    expect(await make('acme')).toEqual({ ok: true, value: { id: 'phones', name: 'Phones' } });
    expect(await make('acme')).toEqual({ ok: true, value: { id: 'phones', name: 'Phones' } });
    for (const other of [
      await make('acme', { name: 'Others' }),
      await make('acme', { secrets: { signingSecret: 'another-secret-of-some-length' } }),
      await make('other'),
    ]) {
      expect(other).toMatchObject({ ok: false, error: { code: 'IN_USE' } });
    }
    expect(kept.size).toBe(1);
  });
});

describe('a price list', () => {
  it.each<[string, CarrierPrices, string | null]>([
    ['in order', { currency: 'EUR', sms: '0.07', places: [{ to: 'GB', sms: '0.04' }] }, null],
    ['of no currency', { currency: 'QQQ', sms: '0.07' }, 'QQQ'],
    ['for no country', { currency: 'EUR', places: [{ to: 'QQ' }] }, 'QQ'],
  ])('%s', async (_case, prices, problem) => {
    const { outcome, added } = await create(true, { prices });
    expect(outcome).toMatchObject(
      problem === null
        ? { ok: true }
        : {
            ok: false,
            error: { issues: [{ path: 'prices', message: expect.stringContaining(problem) }] },
          },
    );
    expect(added).toHaveLength(problem === null ? 1 : 0);
  });
});
