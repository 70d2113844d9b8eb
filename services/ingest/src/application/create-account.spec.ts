import { describe, expect, it } from '@jest/globals';
import { SecretBox } from '@partyline/carriers';
import type { CarrierPrices } from '@partyline/contracts';
import { FixedClock } from '@partyline/testing';
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
