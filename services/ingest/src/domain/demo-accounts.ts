import type { Account } from './account.js';

export type NewAccount = Omit<Account, 'sealed'> & { readonly secrets: Readonly<Record<string, string>> };

/** The carrier accounts of the demo tenant: fixed, so that anyone can try a signed webhook with curl. */
export function demoAccounts(hooksUrl: string, simulatorUrl: string): readonly NewAccount[] {
  return [
    {
      id: 'demo-simulator',
      tenantId: 'demo',
      carrier: 'simulator',
      name: 'Phone simulator',
      publicUrl: `${hooksUrl.replace(/\/+$/, '')}/hooks/simulator/demo-simulator`,
      settings: { apiBase: simulatorUrl },
      secrets: { signingSecret: 'demo-simulator-secret' },
      active: true,
    },
    {
      id: 'demo-twilio',
      tenantId: 'demo',
      carrier: 'twilio',
      name: 'Twilio (demo)',
      publicUrl: 'https://demo.example.com/hooks/twilio/demo-twilio',
      settings: { accountSid: 'ACdemo00000000000000000000000000000', apiBase: simulatorUrl },
      secrets: { authToken: 'demo-twilio-token' },
      active: true,
    },
  ];
}
