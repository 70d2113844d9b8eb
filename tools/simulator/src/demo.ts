/** The demo company's numbers, as its routing is seeded. */
export const NUMBERS = [
  { number: '+12125550101', name: 'Support', kind: 'department', about: 'The department Support' },
  { number: '+12125550102', name: 'Sales', kind: 'ring_group', about: 'The ring group Sales' },
  {
    number: '+12125550103',
    name: 'Main',
    kind: 'welcome_menu',
    about: 'A welcome menu: it answers with its options; reply 1 for Sales, 2 for Support',
  },
  {
    number: '+12125550104',
    name: 'Cleo direct',
    kind: 'member',
    about: 'A ring group whose texts go to Cleo',
  },
] as const;

/** The demo tenant's carrier accounts, with the secrets that everybody knows. */
export const SIMULATOR_ACCOUNT = {
  id: 'demo-simulator',
  secrets: { signingSecret: 'demo-simulator-secret' },
} as const;

export const TWILIO_ACCOUNT = {
  id: 'demo-twilio',
  accountSid: 'ACdemo00000000000000000000000000000',
  authToken: 'demo-twilio-token',
  publicUrl: 'https://demo.example.com/hooks/twilio/demo-twilio',
} as const;
