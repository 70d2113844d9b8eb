import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  CreateDirectoryRecord,
  ExportConversations,
  ListAudit,
  UpdateDirectoryRecord,
  type AuditItem,
} from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import { mongo } from 'mongoose';
import type { Client } from './support/client.js';
import { conversation } from './support/conversations.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

interface Operation {
  readonly 'x-audit'?: string;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let world: World;
let ada: Client;
let inConversations: AuditItem[] = [];

beforeAll(async () => {
  world = await startWorld();
  ada = await world.signedIn('ada');
  world.script.answer(ListAudit, ({ cursor, limit }) => {
    const start = Number(cursor ?? 0);
    const items = inConversations.slice(start, start + limit);
    const end = start + items.length;
    const positions = items.map((_, i) => String(start + i + 1));
    return { items, positions, nextCursor: end < inConversations.length ? String(end) : null };
  });
});
afterAll(() => world.stop());

const trail = async (query = ''): Promise<AuditItem[]> =>
  (await ada.get<{ items: AuditItem[] }>(`/admin/audit?limit=200${query}`)).body.items;
const latest = async (type: string): Promise<AuditItem | undefined> => (await trail(`&type=${type}`))[0];
const download = (file: string, signal: AbortSignal | null = null): Promise<Response> =>
  fetch(`${ada.url}/api/v1/exports/${file}`, {
    headers: { authorization: `Bearer ${ada.accessToken}` },
    signal,
  });

describe('the audit trail', () => {
  it('tells who set up what, and what became of it, and holds no secret', async () => {
    const password = 'the first password of Eve';
    const eve = { email: 'eve@example.com', name: 'Eve Adams', roleId: 'member', password };
    const made = await ada.post<{ id: string }>('/admin/users', eve);
    expect(made.status).toBe(201);
    expect(await latest('user.created')).toMatchObject({
      actor: { kind: 'user', id: 'ada', name: 'Ada Lovelace' },
      inboxId: null,
      conversationId: null,
      data: {
        target: made.body.id,
        outcome: 'done',
        given: { email: 'eve@example.com', name: 'Eve Adams', roleId: 'member' },
      },
    });
    expect(JSON.stringify(await trail())).not.toContain(password);
    const client = await mongo.MongoClient.connect(String(world.env.MONGODB_URL));
    const kept = await client
      .db(`${world.env.MONGODB_DB_PREFIX}_gateway`)
      .collection('acts')
      .find({ tenantId: 'demo' })
      .toArray();
    await client.close();
    expect(kept).not.toHaveLength(0);
    expect(JSON.stringify(kept)).not.toContain(password);
  });

  it('tells of what was refused, by us and by others, and why', async () => {
    await ada.post('/admin/users', {
      email: 'ada@example.com',
      name: 'X',
      roleId: 'member',
      password: 'long enough',
    });
    expect(await latest('user.created')).toMatchObject({ data: { outcome: 'refused', code: 'IN_USE' } });
    world.script.refuse(UpdateDirectoryRecord, { code: 'STALE', message: 'Somebody was faster.' });
    await ada.send('PATCH', '/admin/departments/support', { name: 'Help' });
    expect(await latest('department.changed')).toMatchObject({
      data: { target: 'support', outcome: 'refused', code: 'STALE', given: { name: 'Help' } },
    });
    await ada.send('PATCH', '/admin/departments/support', { name: '' });
    expect(await latest('department.changed')).toMatchObject({
      data: { outcome: 'refused', code: 'VALIDATION' },
    });
  });

  it('stands before anything is done', async () => {
    let seen: AuditItem | undefined;
    world.script.answer(CreateDirectoryRecord, async ({ record }) => {
      seen = await latest('schedule.created');
      return { ...(record as object), revision: 1 };
    });
    const schedule = { name: 'Office', timeZone: 'UTC', hours: [] };
    expect((await ada.post('/admin/schedules', schedule)).status).toBe(201);
    expect(seen).toMatchObject({ data: { outcome: 'begun', endedAt: null, given: schedule } });
    expect(await latest('schedule.created')).toMatchObject({ data: { outcome: 'done' } });
  });

  it('is one list with what was done to conversations, page by page, and by person, kind, inbox and time', async () => {
    const acts = (await trail()).length;
    const now = Date.now();
    inConversations = Array.from({ length: 30 }, (_, i) => ({
      id: `ev_${i}`,
      at: new Date(now - (i - 3) * 1000).toISOString(),
      actor: { kind: 'user', id: 'ben', name: 'Ben Ortiz' },
      inboxId: 'department-support',
      conversationId: 'cv_1',
      type: 'conversation.done',
      data: {},
    }));
    const pages: AuditItem[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: AuditItem[]; nextCursor: string | null } = (
        await ada.get<{ items: AuditItem[]; nextCursor: string | null }>(
          `/admin/audit?limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`,
        )
      ).body;
      pages.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(pages.map(({ at }) => at)).toEqual(
      pages
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(new Set(pages.map(({ id }) => id)).size).toBe(30 + acts);
    expect((await trail('&type=conversation.done')).length).toBe(30);
    expect((await trail('&inboxId=department-support')).every(({ inboxId }) => inboxId !== null)).toBe(true);
    expect((await trail('&type=user.created')).every(({ type }) => type === 'user.created')).toBe(true);
    expect((await trail('&type=user.created&userId=ben')).length).toBe(0);
    expect((await trail('&type=user.created&userId=ada')).length).toBeGreaterThan(0);
    expect((await trail(`&type=user.created&to=2020-01-01T00:00:00.000Z`)).length).toBe(0);
    expect((await ada.get('/admin/audit?cursor=none')).status).toBe(400);
    inConversations = [];
  });

  it('knows each endpoint that sets something up or gives out a file', async () => {
    const document = (await (await fetch(`${world.gateway.url}/openapi.json`)).json()) as Document;
    /** They change nothing, and are POST for the size of what they are asked. */
    const questions = new Set(['/api/v1/admin/routing/explain', '/api/v1/admin/carriers/generic/try-out']);
    const silent = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([method]) => path.includes('/exports/') || (path.includes('/admin/') && method !== 'get'))
        .filter(([, operation]) => operation['x-audit'] === undefined && !questions.has(path))
        .map(([method]) => `${method} ${path}`),
    );
    expect(silent).toEqual([]);
  });
});

describe('an export in the audit trail', () => {
  const offers = (pages: number, rows: number): void =>
    world.script.answer(ExportConversations, ({ cursor }) => {
      const page = Number(cursor ?? 0);
      const items = Array.from({ length: rows }, (_, i) => conversation({ id: `cv_${page}_${i}` }));
      return { items, nextCursor: page + 1 < pages ? String(page + 1) : null };
    });

  it('stands there, with its filters, before the first row is read, and with its rows when it is taken', async () => {
    let seen: AuditItem | undefined;
    world.script.answer(ExportConversations, async () => {
      seen ??= await latest('export.made');
      return { items: [conversation({}), conversation({ id: 'cv_2' })], nextCursor: null };
    });
    const answer = await download('conversations.ndjson?status=open&userId=ben');
    expect((await answer.text()).trim().split('\n')).toHaveLength(2);
    const asked = { target: 'conversations.ndjson', given: { status: 'open', userId: 'ben' } };
    expect(seen).toMatchObject({ actor: { id: 'ada' }, data: { ...asked, outcome: 'begun' } });
    await eventually(async () =>
      expect(await latest('export.made')).toMatchObject({ data: { ...asked, outcome: 'done', rows: 2 } }),
    );
  });

  it('that is broken off says so', async () => {
    offers(10_000, 100);
    const abort = new AbortController();
    const answer = await download('conversations.ndjson', abort.signal);
    await answer.body?.getReader().read();
    abort.abort();
    await eventually(async () =>
      expect(await latest('export.made')).toMatchObject({ data: { outcome: 'broken_off' } }),
    );
    const rows = (await latest('export.made'))?.data['rows'];
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(1_000_000);
  });

  it('stands in the export of the trail itself', async () => {
    const lines = (await (await download('audit.ndjson?type=export.made')).text()).trim().split('\n');
    const files = lines.map((line) => (JSON.parse(line) as { data: { target: string } }).data.target);
    expect(files[0]).toBe('audit.ndjson');
    expect(files).toContain('conversations.ndjson');
  });

  it('that is refused says why', async () => {
    world.script.refuse(ExportConversations, { code: 'FORBIDDEN', message: 'No.' });
    await (await download('conversations.csv')).text();
    expect(await latest('export.made')).toMatchObject({
      data: { target: 'conversations.csv', outcome: 'refused', code: 'FORBIDDEN' },
    });
  });
});
