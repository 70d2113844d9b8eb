/** What happened in the demo company before anybody first signed in. Minutes count back from the start. */
export type DemoStep =
  | { readonly minutesAgo: number; readonly say: string }
  | { readonly minutesAgo: number; readonly by: string; readonly do: 'claim' | 'complete' | 'return' }
  | { readonly minutesAgo: number; readonly by: string; readonly do: 'transfer'; readonly to: string }
  | { readonly minutesAgo: number; readonly by: string; readonly reply: string }
  | { readonly minutesAgo: number; readonly by: string; readonly note: string };

export interface DemoConversation {
  readonly inboxId: string;
  readonly number: string;
  readonly peer: string;
  readonly contactName: string | null;
  readonly steps: readonly DemoStep[];
}

export const DEMO_TENANT = 'demo';

const SUPPORT = { inboxId: 'department-support', number: '+12125550101' } as const;
const SALES = { inboxId: 'ring_group-sales', number: '+12125550102' } as const;
const CLEO = { inboxId: 'member-cleo', number: '+12125550104' } as const;

export const DEMO_HISTORY: readonly DemoConversation[] = [
  {
    ...SUPPORT,
    peer: '+13105550142',
    contactName: 'Maria Gonzalez',
    steps: [
      { minutesAgo: 26, say: 'Hi! My order 4471 says delivered but there is nothing at my door.' },
      { minutesAgo: 24, say: 'Could somebody have a look? I am home until six.' },
    ],
  },
  {
    ...SUPPORT,
    peer: '+14155550117',
    contactName: null,
    steps: [{ minutesAgo: 9, say: 'Do you ship to Canada?' }],
  },
  {
    ...SUPPORT,
    peer: '+12065550133',
    contactName: 'Joe Tanaka',
    steps: [
      { minutesAgo: 190, say: 'The app keeps asking me to sign in again.' },
      { minutesAgo: 184, by: 'ada', do: 'claim' },
      { minutesAgo: 183, by: 'ada', reply: 'Hi Joe, sorry about that. Which phone do you use?' },
      { minutesAgo: 171, say: 'Pixel 9, Android 16' },
      { minutesAgo: 169, by: 'ada', note: 'Same as yesterday’s report. Engineering has a fix for Thursday.' },
      {
        minutesAgo: 168,
        by: 'ada',
        reply: 'Thank you! A fix comes on Thursday. I will write as soon as it is out.',
      },
      { minutesAgo: 160, say: 'Great, thanks Ada 🙌' },
    ],
  },
  {
    ...SUPPORT,
    peer: '+16175550188',
    contactName: 'Priya Raman',
    steps: [
      { minutesAgo: 330, say: 'I was charged twice for October.' },
      { minutesAgo: 322, by: 'dev', do: 'claim' },
      { minutesAgo: 321, by: 'dev', reply: 'Hi Priya, let me pass you to Ben, he can refund it right away.' },
      { minutesAgo: 320, by: 'dev', do: 'transfer', to: 'ben' },
      {
        minutesAgo: 312,
        by: 'ben',
        reply: 'Hi Priya, the second charge is refunded. It takes 3 to 5 days to show.',
      },
      { minutesAgo: 300, say: 'Perfect, thank you.' },
    ],
  },
  {
    ...SUPPORT,
    peer: '+17735550109',
    contactName: 'Sam Okafor',
    steps: [
      { minutesAgo: 1500, say: 'How do I change my delivery address?' },
      { minutesAgo: 1495, by: 'cleo', do: 'claim' },
      {
        minutesAgo: 1494,
        by: 'cleo',
        reply: 'Under Account > Addresses. Or tell me, and I will change it for you.',
      },
      { minutesAgo: 1480, say: 'Found it. Thanks!' },
      { minutesAgo: 1478, by: 'cleo', do: 'complete' },
    ],
  },
  {
    ...SALES,
    peer: '+13055550164',
    contactName: 'Elena Petrova',
    steps: [
      { minutesAgo: 41, say: 'Hello, we are a team of 40. Do you have a plan for companies?' },
      { minutesAgo: 40, say: 'And can we try it first?' },
    ],
  },
  {
    ...SALES,
    peer: '+15125550171',
    contactName: 'Marcus Hill',
    steps: [
      { minutesAgo: 95, say: 'Can I get the quote from last week again?' },
      { minutesAgo: 90, by: 'ben', do: 'claim' },
      { minutesAgo: 88, by: 'ben', reply: 'Sure, Marcus: I just mailed it to you. Anything else?' },
    ],
  },
  {
    ...CLEO,
    peer: '+18085550155',
    contactName: 'Noah Kim',
    steps: [
      { minutesAgo: 62, say: 'Hey Cleo, are we still on for Tuesday?' },
      { minutesAgo: 58, by: 'cleo', reply: 'Yes, ten o’clock. See you then!' },
    ],
  },
];
