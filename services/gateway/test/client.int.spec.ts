import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACTS, createClient } from '@partyline/client';
import { startWorld, type World } from './support/world.js';

type Calls = { readonly [name: string]: Calls | ((...args: string[]) => unknown) };
interface Document {
  readonly paths: Readonly<Record<string, object>>;
}

/** They answer no JSON: the browser's own EventSource reads the one, and the client makes addresses of the others. */
const NOT_CALLED = /\/events$|\/exports\/|\/media\//;

/** Every function of the client was called once with these; what it asked for. */
async function everyRequest(): Promise<Set<string>> {
  const requests = new Set<string>();
  const client = createClient({
    url: '',
    fetch: async (url, init) => {
      requests.add(`${init.method ?? 'GET'} ${url.split('?', 1)[0]}`);
      return Response.json({});
    },
  });
  const callAll = async (calls: Calls): Promise<void> => {
    for (const one of Object.values(calls)) {
      if (typeof one === 'function') await one('{}', '{}', '{}');
      else await callAll(one);
    }
  };
  await callAll(client as unknown as Calls);
  for (const act of ACTS) await client.conversations.act('{}', act, {});
  const decoded = new Set([...requests].map((request) => decodeURIComponent(request)));
  // What it makes of an act that there is none of.
  decoded.delete('POST /conversations/{}/{}');
  return decoded;
}

describe('the client package', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 60_000);
  afterAll(() => world.stop());

  it('has a call for each endpoint of the OpenAPI document, and for nothing else', async () => {
    const document = (await (await fetch(`${world.gateway.url}/openapi.json`)).json()) as Document;
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(
        (method) => `${method.toUpperCase()} ${path.replace('/api/v1', '').replace(/\{[^}]+\}/g, '{}')}`,
      ),
    );
    const called = await everyRequest();
    expect([...called].sort()).toEqual(
      [...new Set(documented)].filter((one) => !NOT_CALLED.test(one)).sort(),
    );
  });
});
