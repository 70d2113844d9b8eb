import { describe, expect, it } from '@jest/globals';
import type { ActData, AuditItem } from '@partyline/contracts';
import { concerned } from './audit-words.js';

const ada = { id: 'ada', name: 'Ada Lovelace' };
const ben = { id: 'ben', name: 'Ben Ortiz' };
const item = (data: Record<string, unknown>): AuditItem => ({
  id: 'ev_1',
  at: '2026-11-23T18:00:00.000Z',
  actor: { kind: 'user', ...ada },
  inboxId: 'support',
  conversationId: 'cv_1',
  type: 'conversation.assigned',
  data,
});

describe('whom an entry of the trail concerned', () => {
  it.each([
    ['who was given it', { owner: ben, cause: 'admin' }, 'to Ben Ortiz'],
    ['who took it', { owner: ada, cause: 'claim' }, 'to themselves'],
    ['both sides of a transfer', { from: ada, to: ben }, 'Ada Lovelace to Ben Ortiz'],
    ['from whom it was taken', { from: ben, cause: 'returned' }, 'it was with Ben Ortiz'],
    ['nobody else where one returned it oneself', { from: ada, cause: 'returned' }, ''],
    ['nobody where it names an address', { from: '+13105550142', to: '+12125550101' }, ''],
    ['nobody where nobody is named', { owner: null, cause: 'done' }, ''],
  ])('%s', (_, data, words) => {
    expect(concerned(item(data), (id) => id)).toBe(words);
  });

  it('is which tags were put on and taken off, by what they are called now', () => {
    const tagged = { ...item({ added: ['tg_1'], removed: ['tg_2'] }), type: 'conversation.tagged' };
    expect(concerned(tagged, (id) => (id === 'tg_1' ? 'VIP' : id))).toBe('+ VIP, − tg_2');
  });
});

describe('what an act besides conversations was', () => {
  const act = (data: Partial<ActData>) => concerned({ ...item(data), type: 'export.made' }, (id) => id);
  it.each<[string, Partial<ActData>, string]>([
    [
      'a file with its filters and rows',
      { target: 'conversations.csv', outcome: 'done', rows: 1, given: { status: 'open' } },
      'conversations.csv, status: open, 1 row',
    ],
    [
      'one that was broken off',
      { target: 'audit.csv', outcome: 'broken_off', rows: 32, given: {} },
      'audit.csv, 32 rows, broken off',
    ],
    [
      'one without an end',
      { target: 'audit.csv', outcome: 'begun', given: {} },
      'audit.csv, no end is known',
    ],
    [
      'what was made, by its name',
      { target: 'dp_1', outcome: 'done', given: { name: 'Help', memberIds: ['ben'] } },
      'Help (dp_1), memberIds: ["ben"]',
    ],
    [
      'what was refused, and why',
      { target: null, outcome: 'refused', code: 'IN_USE', given: { name: 'Eve' } },
      'Eve (new), refused, IN_USE',
    ],
  ])('%s', (_name, data, words) => {
    expect(act(data)).toBe(words);
  });
});
