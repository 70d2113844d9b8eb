import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  AssignConversation,
  ClaimConversation,
  CompleteConversation,
  FindMedia,
  FindUploads,
  GetConversation,
  GetDirectoryRecord,
  GetReplyPrice,
  ListInboxes,
  MOST_ATTACHMENT_BYTES,
  ReplyToConversation,
  SnoozeConversation,
  WakeConversation,
  SignMediaPath,
  SignUploadPath,
  TransferConversation,
} from '@partyline/contracts';
import { Client } from './support/client.js';
import { conversation, summary, view } from './support/conversations.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
/** Stands in for ingest's own HTTP server, which serves and takes pictures by signed paths. */
let pictures: Server;
let handedIn: string[] = [];
let ada: Client;

beforeAll(async () => {
  pictures = createServer((request, response) => {
    if (request.url === '/media/signed-picture') {
      response
        .writeHead(200, { 'content-type': 'image/png', 'content-length': '4' })
        .end('\u0089PN'.slice(0, 3));
    } else if (request.method === 'PUT') void takeFile(request, response);
    else response.writeHead(410).end();
  }).listen(0, '127.0.0.1');
  await once(pictures, 'listening');
  const { port } = pictures.address() as AddressInfo;
  world = await startWorld({ PARTYLINE_HOOKS_URL: `http://127.0.0.1:${port}` });
  ada = await world.signedIn('ada');
});
afterAll(async () => {
  await world.stop();
  pictures.close();
});

async function takeFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  if (body === 'refuse me') {
    const problem = { type: 'about:blank', title: 'No', status: 400, code: 'VALIDATION' };
    response.writeHead(400).end(JSON.stringify({ ...problem, detail: 'This file is a page.' }));
    return;
  }
  handedIn.push(body);
  response.writeHead(201).end(JSON.stringify({ id: 'md_1', url: 'upload:md_1', contentType: 'image/png' }));
}

const accepted = { conversation: view(), seq: 2 };

describe('assigning', () => {
  it('without a user is a claim by the caller, with the key as commandId', async () => {
    world.script.answer(ClaimConversation, () => accepted);
    const answer = await ada.post('/conversations/cv_1/assign', {}, { 'idempotency-key': 'key-1' });
    expect(answer).toMatchObject({ status: 200, body: { seq: 2, conversation: { id: 'cv_1' } } });
    expect(world.script.requests(ClaimConversation).at(-1)).toMatchObject({
      tenantId: 'demo',
      userId: 'ada',
      conversationId: 'cv_1',
      commandId: 'key-1',
      correlationId: answer.headers.get('x-correlation-id'),
    });
  });

  it('without a key gets one of its own each time', async () => {
    await ada.post('/conversations/cv_1/assign', {});
    await ada.post('/conversations/cv_1/assign', {});
    const [one, two] = world.script.requests(ClaimConversation).slice(-2);
    expect(one?.commandId).not.toBe(two?.commandId);
    expect((await ada.post('/conversations/cv_1/assign', {}, { 'idempotency-key': 'ä' })).status).toBe(400);
  });

  it('with a user is an Admin’s assign, and needs the epoch', async () => {
    world.script.answer(AssignConversation, () => accepted);
    const missing = await ada.post('/conversations/cv_1/assign', { userId: 'ben' });
    expect(missing).toMatchObject({ status: 400, body: { issues: [{ path: 'expectedEpoch' }] } });
    expect((await ada.post('/conversations/cv_1/assign', { userId: 'ben', expectedEpoch: 3 })).status).toBe(
      200,
    );
    expect(world.script.requests(AssignConversation)).toEqual([
      expect.objectContaining({ userId: 'ada', assigneeId: 'ben', expectedEpoch: 3 }),
    ]);
  });
});

describe('many at once', () => {
  const many = (action: string, items: object[], more: object = {}) =>
    ada.post('/conversations/bulk', { action, items, ...more }, { 'idempotency-key': 'bulk-1' });
  const items = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ conversationId: `cv_${i}`, expectedEpoch: i }));

  it('are each changed or refused for themselves, in the order of the request', async () => {
    const error = { code: 'ASSIGNED_TO_OTHER', message: 'Ben took it.' } as const;
    world.script.refuse(ClaimConversation, error);
    const refused = await many('assign', [{ conversationId: 'cv_1' }]);
    expect(refused).toMatchObject({
      status: 200,
      body: {
        results: [
          {
            conversationId: 'cv_1',
            ok: false,
            problem: {
              code: 'ASSIGNED_TO_OTHER',
              status: 409,
              detail: 'Ben took it.',
              instance: '/api/v1/conversations/cv_1/assign',
            },
          },
        ],
      },
    });
    world.script.answer(TransferConversation, () => accepted);
    const transferred = await many('transfer', items(20), { userId: 'ben' });
    const { results } = transferred.body as { results: { conversationId: string; ok: boolean }[] };
    expect(results.map(({ conversationId, ok }) => [conversationId, ok])).toEqual(
      items(20).map(({ conversationId }) => [conversationId, true]),
    );
    expect(world.script.requests(TransferConversation).slice(-20)).toEqual(
      items(20).map(({ conversationId, expectedEpoch }) =>
        expect.objectContaining({ conversationId, expectedEpoch, assigneeId: 'ben', commandId: 'bulk-1' }),
      ),
    );
  });

  it('says of each what is missing, and refuses what is no list of different conversations', async () => {
    expect((await many('done', [{ conversationId: 'cv_1' }])).body).toMatchObject({
      results: [{ ok: false, problem: { code: 'VALIDATION', issues: [{ path: 'expectedEpoch' }] } }],
    });
    expect((await many('transfer', items(1))).body).toMatchObject({
      results: [{ ok: false, problem: { code: 'VALIDATION', issues: [{ path: 'userId' }] } }],
    });
    for (const wrong of [[], items(101), [...items(1), ...items(1)]]) {
      expect((await many('done', wrong)).status).toBe(400);
    }
    expect((await many('erase', items(1))).status).toBe(400);
  });
});

describe('refusals', () => {
  it('of a conflict carry the state, who made it so, and when', async () => {
    const by = { id: 'ben', name: 'Ben Ortiz' };
    const at = '2026-11-23T12:00:00.000Z';
    const current = conversation({ owner: by, epoch: 2 });
    const error = { code: 'ASSIGNED_TO_OTHER', message: 'Ben took it.', conversation: current, by, at };
    world.script.refuse(ClaimConversation, error);
    const { status, headers, body } = await ada.post('/conversations/cv_1/assign', {});
    expect(status).toBe(409);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toEqual({
      type: 'urn:partyline:problem:assigned-to-other',
      title: 'Assigned to somebody else',
      status: 409,
      detail: 'Ben took it.',
      instance: '/api/v1/conversations/cv_1/assign',
      code: 'ASSIGNED_TO_OTHER',
      correlationId: headers.get('x-correlation-id'),
      conversation: current,
      by,
      at,
    });
  });

  it.each([
    ['OPTED_OUT', 422],
    ['NOT_MEMBER', 422],
    ['STALE', 409],
    ['NOT_FOUND', 404],
    ['FORBIDDEN', 403],
  ])('%s is %d', async (code, status) => {
    world.script.refuse(TransferConversation, { code, message: 'Why.' });
    const answer = await ada.post('/conversations/cv_1/transfer', { userId: 'ben', expectedEpoch: 1 });
    expect(answer).toMatchObject({ status, body: { code, detail: 'Why.' } });
  });

  it.each([
    [
      'a wrong type',
      '/conversations/cv_1/transfer',
      { userId: 7, expectedEpoch: 1 },
      400,
      'VALIDATION',
      'userId',
    ],
    [
      'a negative epoch',
      '/conversations/cv_1/return',
      { expectedEpoch: -1 },
      400,
      'VALIDATION',
      'expectedEpoch',
    ],
    [
      'a text that is too long',
      '/conversations/cv_1/reply',
      { clientMessageId: 'c', text: 'x'.repeat(1601) },
      400,
      'VALIDATION',
      'text',
    ],
    [
      'a reply of nothing',
      '/conversations/cv_1/reply',
      { clientMessageId: 'c', text: '  ' },
      400,
      'VALIDATION',
      'text',
    ],
    ['an empty note', '/conversations/cv_1/note', { text: ' ' }, 400, 'VALIDATION', 'text'],
  ])('say where %s is', async (_label, path, body, status, code, field) => {
    expect(await ada.post(path, body)).toMatchObject({ status, body: { code, issues: [{ path: field }] } });
  });

  it('are problems, too, where no controller is reached', async () => {
    const notJson = await ada.post('/conversations/cv_1/note', '{"text":');
    expect(notJson).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    const large = await ada.post('/conversations/cv_1/note', { text: 'x'.repeat(1_100_000) });
    expect(large).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    const nowhere = await ada.get('/nowhere');
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'NOT_FOUND', instance: '/api/v1/nowhere' } });
    expect(nowhere.headers.get('content-type')).toContain('application/problem+json');
  });

  it('tell nothing of what went wrong inside, but the correlation id to ask with', async () => {
    world.script.answer(ListInboxes, () => [{ ...summary('x'), kind: 'secret-kind' as 'shared' }]);
    const { status, body } = await ada.get('/inboxes', { 'x-correlation-id': 'co_mine' });
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'INTERNAL', correlationId: 'co_mine' });
    expect(JSON.stringify(body)).not.toContain('secret-kind');
    world.script.answer(ListInboxes, () => [summary('department-support')]);
    expect((await ada.get<unknown[]>('/inboxes')).body).toHaveLength(1);
  });
});

describe('marking as Done', () => {
  it('takes what the screen showed, or what the caller has read', async () => {
    world.script.answer(CompleteConversation, () => accepted);
    world.script.answer(GetConversation, () => view({ cursor: 42 }));
    await ada.post('/conversations/cv_1/done', { expectedEpoch: 2, seenSeq: 7 });
    await ada.post('/conversations/cv_1/done', { expectedEpoch: 2 });
    expect(world.script.requests(CompleteConversation).map(({ seenSeq }) => seenSeq)).toEqual([7, 42]);
  });
});

describe('snoozing', () => {
  it('takes a moment or the next text, and what the screen showed or the caller has read; waking needs the epoch', async () => {
    world.script.answer(SnoozeConversation, () => accepted);
    world.script.answer(WakeConversation, () => accepted);
    world.script.answer(GetConversation, () => view({ cursor: 42 }));
    const until = '2026-11-24T08:00:00.000Z';
    const path = '/conversations/cv_1';
    expect((await ada.post(`${path}/snooze`, { expectedEpoch: 2, seenSeq: 7, until })).status).toBe(200);
    expect((await ada.post(`${path}/snooze`, { expectedEpoch: 2, until: null })).status).toBe(200);
    expect(world.script.requests(SnoozeConversation)).toMatchObject([
      { expectedEpoch: 2, seenSeq: 7, until },
      { expectedEpoch: 2, seenSeq: 42, until: null },
    ]);
    expect((await ada.post(`${path}/snooze`, { expectedEpoch: 2, until: 'soon' })).status).toBe(400);
    expect((await ada.post(`${path}/wake`, {})).status).toBe(400);
    expect((await ada.post(`${path}/wake`, { expectedEpoch: 3 })).status).toBe(200);
    expect(world.script.requests(WakeConversation)).toMatchObject([{ expectedEpoch: 3 }]);
  });
});

describe('replying', () => {
  it('passes text, pictures and claim on; a picture needs no text', async () => {
    world.script.answer(ReplyToConversation, () => accepted);
    const media = [{ id: 'm1', url: 'upload:m1', contentType: 'image/png' }];
    world.script.answer(FindUploads, () => media);
    const reply = { clientMessageId: 'c1', text: '', media: ['m1'], claim: true };
    expect((await ada.post('/conversations/cv_1/reply', reply)).status).toBe(200);
    expect(world.script.requests(FindUploads)).toEqual([
      expect.objectContaining({ tenantId: 'demo', conversationId: 'cv_1', mediaIds: ['m1'] }),
    ]);
    expect(world.script.requests(ReplyToConversation)).toEqual([
      expect.objectContaining({ clientMessageId: 'c1', text: '', media, claim: true, userId: 'ada' }),
    ]);
  });
});

describe('attaching a file', () => {
  const attach = (body: string | Uint8Array, type = 'image/png') =>
    ada.post('/conversations/cv_1/attachments', body, { 'content-type': type });

  beforeEach(() => {
    handedIn = [];
    world.script.answer(GetConversation, () => view());
    world.script.answer(SignUploadPath, () => ({ path: '/uploads/md_1?token=t' }));
  });

  it('hands it to ingest as it is, and gives its id', async () => {
    const taken = await attach('PNG and so on');
    expect(taken).toMatchObject({ status: 201, body: { id: 'md_1', contentType: 'image/png' } });
    expect(taken.body).not.toHaveProperty('url');
    expect(handedIn).toEqual(['PNG and so on']);
  });

  it('tells why it was not taken', async () => {
    expect(await attach('refuse me')).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION', detail: 'This file is a page.' },
    });
  });

  it('refuses what is too large before it is read, and what is no file', async () => {
    const large = new Uint8Array(MOST_ATTACHMENT_BYTES + 1);
    expect(await attach(large)).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    expect(await attach('{}', 'application/json')).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION' },
    });
    expect(handedIn).toEqual([]);
  });

  it('is for those who may see the conversation, and may reply', async () => {
    world.script.refuse(GetConversation, { code: 'NOT_FOUND', message: 'There is no such conversation.' });
    expect(await attach('PNG')).toMatchObject({ status: 404 });
    expect(handedIn).toEqual([]);
  });
});

describe('pictures', () => {
  const path = '/conversations/cv_1/media/m1';

  it('come through the gateway from ingest, to whoever may see the conversation, and never run', async () => {
    world.script.answer(FindMedia, () => ({
      id: 'm1',
      url: 'https://carrier.example/m1',
      contentType: 'image/png',
      carrier: 'twilio',
      accountId: 'acc',
    }));
    world.script.answer(SignMediaPath, () => ({ path: '/media/signed-picture' }));
    const { status, headers } = await ada.get(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(world.script.requests(SignMediaPath)).toEqual([
      expect.objectContaining({
        tenantId: 'demo',
        accountId: 'acc',
        mediaId: 'm1',
        url: 'https://carrier.example/m1',
      }),
    ]);
  });

  it.each([
    ['are 404 when the carrier has them no more', '/media/gone'],
    ['are never fetched from elsewhere', 'http://169.254.169.254/latest'],
  ])('%s', async (_label, signed) => {
    world.script.answer(SignMediaPath, () => ({ path: signed }));
    expect(await ada.get(path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('are 404 for whoever may not see the conversation', async () => {
    world.script.refuse(FindMedia, { code: 'NOT_FOUND', message: 'There is no such conversation.' });
    expect((await ada.get(path)).status).toBe(404);
  });
});

describe('when a service is away', () => {
  it('says so, and when to try again', async () => {
    await world.services.notify.running.stop();
    const { status, headers, body } = await ada.get('/me/notifications');
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'UNAVAILABLE' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('what a reply costs', () => {
  const price = { currency: 'USD', sms: '0.0158', mms: null };
  const number = { id: '+12125550101', carrier: 'twilio', carrierAccountId: 'main', destination: null };

  it('is by the account of the conversation’s number, for all of its people', async () => {
    world.script.answer(GetConversation, () => view({ peers: ['+14155550123', '+14155550124'] }));
    world.script.answer(GetDirectoryRecord, () => number);
    world.script.answer(GetReplyPrice, () => price);
    expect(await ada.get('/conversations/cv_1/price')).toMatchObject({ status: 200, body: price });
    expect(world.script.requests(GetDirectoryRecord).at(-1)).toMatchObject({
      tenantId: 'demo',
      kind: 'numbers',
      id: '+12125550101',
    });
    expect(world.script.requests(GetReplyPrice).at(-1)).toEqual({
      tenantId: 'demo',
      accountId: 'main',
      to: ['+14155550123', '+14155550124'],
    });
  });

  it('is not known where the number is gone', async () => {
    world.script.answer(GetConversation, () => view());
    world.script.refuse(GetDirectoryRecord, { code: 'NOT_FOUND', message: 'There is no such number.' });
    expect(await ada.get('/conversations/cv_1/price')).toMatchObject({
      status: 200,
      body: { currency: null, sms: null, mms: null },
    });
  });

  it('is told to nobody who may not see the conversation, or not reply', async () => {
    world.script.refuse(GetConversation, { code: 'NOT_FOUND', message: 'There is no such conversation.' });
    expect((await ada.get('/conversations/cv_1/price')).status).toBe(404);
    world.script.answer(GetConversation, () => view());
    const reader = await ada.post('/admin/roles', { name: 'Reader', permissions: ['view'] });
    expect(reader.status).toBe(201);
    const { id } = reader.body as { id: string };
    expect((await ada.send('PATCH', '/admin/users/dev', { roleId: id })).status).toBe(200);
    const dev = await world.signedIn('dev');
    expect(await dev.get('/conversations/cv_1/price')).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    await ada.send('PATCH', '/admin/users/dev', { roleId: 'member' });
  });
});
