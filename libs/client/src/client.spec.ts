import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createClient } from './client.js';
import { path, query } from './path.js';
import { Refused, Unreachable } from './problem.js';

interface Seen {
  readonly url: string;
  readonly init: RequestInit;
}

/** A server that answers with these in turn, the last one for ever. */
function server(...answers: (Response | Error)[]) {
  const seen: Seen[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    seen.push({ url, init });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return (answer ?? Response.json(null)).clone();
  };
  return { seen, fetch };
}

const problem = (status: number, code: string, detail = 'why') =>
  Response.json({ type: 'about:blank', title: 'No', status, code, detail }, { status });
const header = ({ init }: Seen, name: string) => new Headers(init.headers).get(name);

describe('a client of the API', () => {
  it('sends the token of the moment, the body as JSON, and the key that makes a repeat harmless', async () => {
    const { seen, fetch } = server(Response.json({ seq: 7 }));
    let tokens = 0;
    const client = createClient({ url: 'https://x.test/api/v1', token: () => `t${(tokens += 1)}`, fetch });
    await client.conversations.act('cv 1', 'note', { text: 'hello' }, 'k1');
    await client.me.get();
    expect(seen.map(({ url, init }) => [init.method, url])).toEqual([
      ['POST', 'https://x.test/api/v1/conversations/cv%201/note'],
      ['GET', 'https://x.test/api/v1/me'],
    ]);
    expect(seen.map((one) => header(one, 'authorization'))).toEqual(['Bearer t1', 'Bearer t2']);
    expect(seen[0]?.init.body).toBe('{"text":"hello"}');
    expect(seen.map((one) => header(one, 'idempotency-key'))).toEqual(['k1', null]);
    expect(seen.map((one) => header(one, 'content-type'))).toEqual(['application/json', null]);
  });

  it('without a token sends none', async () => {
    const { seen, fetch } = server(Response.json({ demo: true }));
    await createClient({ url: '', fetch }).auth.options();
    expect(seen.map((one) => header(one, 'authorization'))).toEqual([null]);
  });

  it("rejects with the server's reason", async () => {
    const { fetch } = server(problem(409, 'ASSIGNED_TO_OTHER', 'Ben took it.'));
    const refused = createClient({ url: '', fetch }).conversations.act('c', 'assign', {});
    await expect(refused).rejects.toThrow(Refused);
    await expect(refused).rejects.toMatchObject({ code: 'ASSIGNED_TO_OTHER', message: 'Ben took it.' });
  });

  it('makes a problem of what something in between answers', async () => {
    const { fetch } = server(new Response('<html>Bad Gateway</html>', { status: 502 }));
    await expect(createClient({ url: '', fetch }).inboxes.list()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      problem: { status: 502 },
    });
  });

  it('says when the server did not answer, and not when the caller gave up', async () => {
    const { fetch } = server(new TypeError('fetch failed'));
    const client = createClient({ url: '', fetch });
    await expect(client.me.get()).rejects.toThrow(Unreachable);
    const signal = AbortSignal.abort();
    await expect(client.inboxes.conversations('i', {}, signal)).rejects.toThrow('fetch failed');
  });

  it('renews a token that counts no more, once, and tries again', async () => {
    const { seen, fetch } = server(problem(401, 'UNAUTHENTICATED'), Response.json({ id: 'ada' }));
    const token = { value: 'old' };
    const renew = async () => {
      token.value = 'new';
      return true;
    };
    const client = createClient({ url: '', token: () => token.value, renew, fetch });
    expect(await client.me.get()).toEqual({ id: 'ada' });
    expect(seen.map((one) => header(one, 'authorization'))).toEqual(['Bearer old', 'Bearer new']);
  });

  it('gives up where renewing does not help', async () => {
    const { seen, fetch } = server(problem(401, 'UNAUTHENTICATED'));
    await expect(createClient({ url: '', renew: async () => true, fetch }).me.get()).rejects.toThrow(Refused);
    expect(seen).toHaveLength(2);
    await expect(createClient({ url: '', renew: async () => false, fetch }).me.get()).rejects.toThrow(
      Refused,
    );
    expect(seen).toHaveLength(3);
  });
});

describe('addresses', () => {
  it('hold any value, and no value can leave its place', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
        const [, place, end, ...more] = path`/a${id}/b`.split('/');
        expect([end, more]).toEqual(['b', []]);
        expect(`a${id}`).toBe(decodeURIComponent(place ?? ''));
      }),
    );
  });

  it('name what is given only', () => {
    expect(query({ q: 'a&b', limit: 5, cursor: null, number: '', to: undefined })).toBe('?q=a%26b&limit=5');
    expect(query({})).toBe('');
  });
});
