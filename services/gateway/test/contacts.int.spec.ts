import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  ChangeContact,
  CreateContact,
  EraseContact,
  ListContacts,
  MergeContacts,
} from '@partyline/contracts';
import type { Client } from './support/client.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
let ben: Client;
beforeAll(async () => {
  world = await startWorld();
  ben = await world.signedIn('ben');
});
afterAll(() => world.stop());

const MARIA = {
  id: 'ct_1',
  name: 'Maria Santos',
  notes: '',
  numbers: ['+13105550142'],
  optOuts: [],
  merged: [],
  revision: 2,
  lastActivityAt: '2026-11-23T18:00:00.000Z',
};

describe('contacts over HTTP', () => {
  it('are listed for who is signed in, by name and by number', async () => {
    world.script.answer(ListContacts, () => ({ items: [MARIA], nextCursor: null }));
    const { merged: _, ...listed } = MARIA;
    expect(await ben.get('/contacts?q=mar&number=%2B13105550142')).toMatchObject({
      status: 200,
      body: { items: [listed], nextCursor: null },
    });
    expect(world.script.requests(ListContacts).at(-1)).toMatchObject({
      tenantId: 'demo',
      userId: 'ben',
      q: 'mar',
      number: '+13105550142',
      limit: 50,
    });
    expect((await world.client().get('/contacts')).status).toBe(401);
  });

  it('are written down and changed once per Idempotency-Key, and what is malformed is refused', async () => {
    world.script.answer(CreateContact, () => MARIA);
    world.script.answer(ChangeContact, () => MARIA);
    const headers = { 'idempotency-key': 'k1' };
    expect(
      (await ben.post('/contacts', { name: 'Maria Santos', numbers: ['(310) 555-0142'] }, headers)).status,
    ).toBe(201);
    expect(world.script.requests(CreateContact).at(-1)).toMatchObject({
      commandId: 'k1',
      name: 'Maria Santos',
      numbers: ['(310) 555-0142'],
    });
    const changed = await ben.send('PATCH', '/contacts/ct_1', { expectedRevision: 1, notes: 'Mornings' });
    expect(changed).toMatchObject({ status: 200, body: { id: 'ct_1', revision: 2 } });
    expect(await ben.send('PATCH', '/contacts/ct_1', { notes: 'x' })).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION', issues: [{ path: 'expectedRevision' }] },
    });
  });

  it('are merged under the id in the path', async () => {
    world.script.answer(MergeContacts, () => MARIA);
    expect((await ben.post('/contacts/ct_1/merge', { contactId: 'ct_2', expectedRevision: 2 })).status).toBe(
      200,
    );
    expect(world.script.requests(MergeContacts).at(-1)).toMatchObject({ contactId: 'ct_1', otherId: 'ct_2' });
    world.script.refuse(MergeContacts, { code: 'STALE', message: 'Somebody changed this contact.' });
    expect(await ben.post('/contacts/ct_1/merge', { contactId: 'ct_2', expectedRevision: 1 })).toMatchObject({
      status: 409,
      body: { code: 'STALE', detail: 'Somebody changed this contact.' },
    });
  });

  it('are erased by an Admin who says a number again, and nobody else', async () => {
    const erasure = { at: '2026-11-24T05:00:00.000Z', by: { id: 'ada', name: 'Ada' }, finished: false };
    world.script.answer(EraseContact, () => ({ ...MARIA, name: null, erasure }));
    const body = { confirm: '+13105550142', expectedRevision: 2 };
    expect((await ben.post('/contacts/ct_1/erase', body)).status).toBe(403);
    const ada = await world.signedIn('ada');
    expect(await ada.post('/contacts/ct_1/erase', { expectedRevision: 2 })).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION' },
    });
    expect(world.script.requests(EraseContact)).toEqual([]);
    expect(await ada.post('/contacts/ct_1/erase', body, { 'idempotency-key': 'k9' })).toMatchObject({
      status: 202,
      body: { name: null, erasure },
    });
    expect(world.script.requests(EraseContact)).toMatchObject([
      { tenantId: 'demo', userId: 'ada', commandId: 'k9', contactId: 'ct_1', ...body },
    ]);
  });
});
