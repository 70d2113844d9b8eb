import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  ExportConversations,
  ListAudit,
  ListTags,
  type AuditItem,
  type Conversation,
} from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import type { Client } from './support/client.js';
import { conversation } from './support/conversations.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
let ada: Client;

beforeAll(async () => {
  world = await startWorld();
  ada = await world.signedIn('ada');
  world.script.answer(ListTags, () => [
    { id: 'tg_1', name: 'VIP', colour: 'purple', retired: true, revision: 1 },
  ]);
});
afterAll(() => world.stop());

/** `rows`, in pages of the size that is asked for; the cursor is where the next one begins. */
function pagesOf<T>(rows: readonly T[], from: string | undefined, limit: number) {
  const start = Number(from ?? 0);
  const end = start + limit;
  return { items: rows.slice(start, end), nextCursor: end < rows.length ? String(end) : null };
}

const offers = (rows: readonly Conversation[]): void =>
  world.script.answer(ExportConversations, ({ cursor, limit }) => pagesOf(rows, cursor, limit));

const asked = (): number => world.script.requests(ExportConversations).length;

/** An export as it comes, its body not yet read. */
const bodyOf = (file: string, signal: AbortSignal | null = null): Promise<Response> =>
  fetch(`${ada.url}/api/v1/exports/${file}`, {
    headers: { authorization: `Bearer ${ada.accessToken}` },
    signal,
  });

/** A small reader of RFC 4180, so that what is written is not checked by what wrote it. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [];
  for (const line of csv.matchAll(
    /((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*))*)\r\n/g,
  )) {
    const cells = [...(line[1] ?? '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)];
    rows.push(cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? ''));
  }
  return rows;
}

function table(csv: string): Record<string, string>[] {
  const [head = [], ...rows] = cellsOf(csv.replace(/^\u{FEFF}/u, ''));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}

const many = (count: number): Conversation[] =>
  Array.from({ length: count }, (_, i) => conversation({ id: `cv_${i}` }));

const audited = (over: Partial<AuditItem>): AuditItem => ({
  id: 'ev_1',
  at: '2026-11-23T18:00:00.000Z',
  actor: { kind: 'user', id: 'ben', name: 'Ben Ortiz' },
  inboxId: 'department-support',
  conversationId: 'cv_1',
  type: 'conversation.done',
  data: { cause: 'done' },
  ...over,
});

describe('an export of conversations', () => {
  it('holds each one once, over all pages, as a file', async () => {
    offers(many(1_050));
    const csv = await ada.get<string>('/exports/conversations.csv');
    expect(csv.status).toBe(200);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="partyline-conversations.csv"');
    expect(csv.headers.get('cache-control')).toBe('no-store');
    const ids = table(csv.body).map(({ id }) => id);
    expect(ids).toHaveLength(1_050);
    expect(new Set(ids).size).toBe(1_050);

    const lines = await bodyOf('conversations.ndjson');
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    const rows = (await lines.text()).trimEnd().split('\n');
    expect(rows.map((row) => (JSON.parse(row) as Conversation).id)).toEqual(ids);
  });

  it('quotes what has quotes, commas and lines in it, in UTF-8, and runs no formula', async () => {
    const words = ['=HYPERLINK("http://evil.example";"x")', '+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1'];
    const harmless = ['a, "b"\r\nc', 'Grüße 👋 日本', '1=1', ''];
    offers(
      [...words, ...harmless].map((contactName) => conversation({ contactName, peers: ['+13105550142'] })),
    );
    const { body } = await ada.get<string>('/exports/conversations.csv');
    expect(table(body).map(({ contact }) => contact)).toEqual([
      ...words.map((word) => `'${word}`),
      ...harmless,
    ]);
    expect(table(body)[0]?.['contactNumbers']).toBe("'+13105550142");
    const bytes = await bodyOf('conversations.csv').then((answer) => answer.arrayBuffer());
    expect([...new Uint8Array(bytes).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('calls tags what they are called now', async () => {
    offers([conversation({ tags: ['tg_1', 'tg_gone'] }), conversation()]);
    const { body } = await ada.get<string>('/exports/conversations.csv');
    expect(table(body).map(({ tags }) => tags)).toEqual(['VIP, tg_gone', '']);
  });

  it('passes its filters on', async () => {
    offers([]);
    const range = 'from=2026-11-01T00:00:00.000Z&to=2026-11-30T00:00:00.000Z';
    const empty = await ada.get<string>(
      `/exports/conversations.csv?inboxId=sales&userId=ben&status=open&${range}`,
    );
    expect(table(empty.body)).toEqual([]);
    expect(empty.body).toContain('contactNumbers');
    expect(world.script.requests(ExportConversations).at(-1)).toMatchObject({
      tenantId: 'demo',
      userId: 'ada',
      inboxId: 'sales',
      ownerId: 'ben',
      status: 'open',
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-30T00:00:00.000Z',
    });
    expect((await ada.get('/exports/conversations.csv?from=yesterday')).status).toBe(400);
  });

  it('reads no further than its reader, and stops when the reader goes', async () => {
    const endless = many(100);
    world.script.answer(ExportConversations, ({ cursor }) => ({
      items: endless,
      nextCursor: String(Number(cursor ?? 0) + 1),
    }));
    const before = asked();
    const gone = new AbortController();
    const answer = await bodyOf('conversations.ndjson', gone.signal);
    expect(answer.status).toBe(200);
    // Nobody reads the body: what the sockets hold fills up, and then nothing more is asked for.
    await eventually(async () => expect(await standsStill(asked)).toBe(true), { timeoutMs: 30_000 });
    const held = asked() - before;
    expect(held).toBeGreaterThan(0);
    gone.abort();
    await eventually(async () => expect(await standsStill(asked)).toBe(true), { timeoutMs: 30_000 });
    expect(asked() - before).toBeLessThanOrEqual(held + 1);
  });

  it('that breaks off is seen to be broken, not taken for whole', async () => {
    world.script.answer(ExportConversations, ({ cursor }) => {
      if (cursor !== undefined) throw new Error('the database is gone');
      return { items: many(100), nextCursor: '1' };
    });
    const answer = bodyOf('conversations.ndjson').then((response) => response.text());
    await expect(answer).rejects.toThrow('terminated');
  });

  it('that is refused says so', async () => {
    world.script.refuse(ExportConversations, { code: 'FORBIDDEN', message: 'Not any more.' });
    expect(await ada.get('/exports/conversations.csv')).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
  });
});

describe('an export of the audit trail', () => {
  it('has who did what, with the same filters as the trail', async () => {
    world.script.answer(ListAudit, ({ cursor, limit }) =>
      pagesOf([audited({}), audited({ id: 'ev_2', data: { note: '"quoted"' } })], cursor, limit),
    );
    const { body } = await ada.get<string>(
      '/exports/audit.csv?userId=ben&type=conversation.done&inboxId=sales',
    );
    expect(table(body)).toEqual([
      expect.objectContaining({ id: 'ev_1', actor: 'Ben Ortiz', type: 'conversation.done' }),
      expect.objectContaining({ id: 'ev_2', data: '{"note":"\\"quoted\\""}' }),
    ]);
    expect(world.script.requests(ListAudit).at(-1)).toMatchObject({
      userId: 'ada',
      actorId: 'ben',
      type: 'conversation.done',
      inboxId: 'sales',
    });
    const lines = await bodyOf('audit.ndjson?inboxId=sales').then((answer) => answer.text());
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([audited({}), audited({ id: 'ev_2', data: { note: '"quoted"' } })]);
  });
});

describe('exports are for those who may', () => {
  it('neither a Member, nor who may only see the trail, nor a stranger', async () => {
    const ben = await world.signedIn('ben');
    const role = await ada.post('/admin/roles', { name: 'Auditor', permissions: ['view', 'viewAudit'] });
    await ada.send('PATCH', '/admin/users/dev', { roleId: String(role.body.id) });
    const dev = await world.signedIn('dev');
    for (const file of ['conversations.csv', 'conversations.ndjson', 'audit.csv', 'audit.ndjson']) {
      expect((await ben.get(`/exports/${file}`)).status).toBe(403);
      expect((await dev.get(`/exports/${file}`)).status).toBe(403);
      expect((await world.client().get(`/exports/${file}`)).status).toBe(401);
    }
  });
});

/** Whether a count is the same after many turns of asking the gateway for something else. */
async function standsStill(count: () => number): Promise<boolean> {
  const before = count();
  for (let turn = 0; turn < 30; turn += 1) await ada.get('/me');
  return count() === before;
}
