/** What parameters mean, wherever they have no description of their own. */
const MEANINGS: Readonly<Record<string, string>> = {
  before: 'Only what is older than this place in the log: `nextBefore` of the page before.',
  cursor: '`nextCursor` of the page before; left out for the first page.',
  deliveryId: 'The id of the delivery.',
  from: 'Not before this moment, ISO 8601 in UTC.',
  inboxId: 'Only of this inbox, by its id.',
  lastEventId: 'The id of the last event that was received: what came after it is sent first.',
  limit: 'How many at most.',
  mediaId: 'The id of the picture or file in its message.',
  number: 'Only whose number this is, exactly.',
  numbers: 'One or more numbers, E.164, with a comma between two.',
  owner: 'Whose they are: nobody’s, mine, somebody else’s, or anybody’s.',
  q: 'What to look for.',
  revision: 'The revision that was on the screen: refused (STALE) where it is another one by now.',
  requestId: 'The id of the recorded request.',
  secret: 'The name of the secret, as in `secretNames` of the account.',
  size: 'The picture as it came, or a small version of it.',
  state: 'Who wants no texts, or who wants them again.',
  status: 'Only what is in this state.',
  tag: 'Only what has this tag, by its id.',
  to: 'Not after this moment, ISO 8601 in UTC.',
  type: 'Only of this kind.',
  userId: 'Only of this person, by their id: what they did, or what they have.',
};

/** What an id in a path is one of, by the part of the path before it. */
const THINGS: Readonly<Record<string, string>> = {
  'api-keys': 'API key',
  'carrier-accounts': 'carrier account',
  contacts: 'contact',
  conversations: 'conversation',
  departments: 'department',
  inboxes: 'inbox',
  messages: 'message',
  numbers: 'number (E.164)',
  reconciliations: 'carrier account',
  'ring-groups': 'ring group',
  roles: 'role',
  schedules: 'schedule',
  tags: 'tag',
  templates: 'template',
  users: 'user',
  webhooks: 'webhook',
  'welcome-menus': 'welcome menu',
};

interface Parameter {
  readonly name?: string;
  description?: string;
}

/** Says of every parameter what it is for. */
export function describeParameters(path: string, parameters: readonly object[]): void {
  const of = /([^/]+)\/\{id\}/.exec(path)?.[1] ?? '';
  for (const parameter of parameters as readonly Parameter[]) {
    const { name = '' } = parameter;
    const thing = name === 'id' ? THINGS[of] : undefined;
    const meaning = thing === undefined ? MEANINGS[name] : `The id of the ${thing}.`;
    if (meaning !== undefined) parameter.description ??= meaning;
  }
}
