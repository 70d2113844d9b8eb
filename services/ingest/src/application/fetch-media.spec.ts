import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { SecretBox } from '@partyline/carriers';
import { MemoryAccountStore } from '../../test/support/fakes.js';
import type { MediaProblem, MediaRef } from '../domain/media.js';
import { FetchMedia } from './fetch-media.js';
import { KeepMedia } from './keep-media.js';
import { MediaFetcher } from './media-fetcher.js';
import { MediaInspector } from './media-inspector.js';
import type { MediaStore } from './media-store.js';
import { ObjectStore, type Bytes } from './object-store.js';

const AT = 'https://mcs.us1.twilio.com/v1/Services/IS1/Media/ME1';
const FILE = 'https://media.us1.twilio.com/ME1?Signature=s';
const ref = (url: string): MediaRef => ({ tenantId: 'acme', accountId: 'tw', mediaId: 'md_1', url });
const png: Bytes = { contentType: 'image/png', body: Buffer.from('PNG') };
const json = (value: unknown): Bytes => ({
  contentType: 'application/json',
  body: Buffer.from(JSON.stringify(value)),
});

class Internet extends MediaFetcher {
  readonly asked: [url: string, credentials: boolean][] = [];
  constructor(private readonly pages: Record<string, Bytes | MediaProblem>) {
    super();
  }
  override async fetch(
    url: string,
    headersFor: (url: URL) => Readonly<Record<string, string>>,
  ): Promise<Bytes | MediaProblem> {
    this.asked.push([url, 'authorization' in headersFor(new URL(url))]);
    return this.pages[url] ?? { kind: 'unavailable', reason: 'the carrier answered 404' };
  }
}
class Objects extends ObjectStore {
  readonly keys: string[] = [];
  override async put(key: string): Promise<void> {
    this.keys.push(key);
  }
  override async read(): Promise<Readable> {
    return Readable.from([]);
  }
  override async drop(): Promise<void> {}
}
class NothingSmaller extends MediaInspector {
  override async contentTypeOf(): Promise<string> {
    return 'image/png';
  }
  override async smaller(): Promise<null> {
    return null;
  }
}

async function fetching(pages: Record<string, Bytes | MediaProblem>) {
  const box = new SecretBox(randomBytes(32).toString('base64'));
  const accounts = new MemoryAccountStore();
  await accounts.add({
    id: 'tw',
    tenantId: 'acme',
    carrier: 'twilio',
    name: 'Twilio',
    publicUrl: 'https://texts.example.com/hooks/twilio/tw',
    settings: { accountSid: 'AC1' },
    sealed: { authToken: box.seal('tw', 'authToken', 'hush') },
    active: true,
    revision: 1,
  });
  const store = { kept: async () => true } as unknown as MediaStore;
  const internet = new Internet(pages);
  const objects = new Objects();
  const keep = new KeepMedia(objects, new NothingSmaller());
  return { internet, objects, media: new FetchMedia(store, keep, internet, accounts, box) };
}

describe('FetchMedia', () => {
  it('goes on to the file where the carrier answers with a description of it', async () => {
    const described = json({ links: { content_direct_temporary: FILE } });
    const { internet, objects, media } = await fetching({ [AT]: described, [FILE]: png });
    expect(await media.execute(ref(AT))).toMatchObject({ file: { contentType: 'image/png', bytes: 3 } });
    expect(internet.asked).toEqual([
      [AT, true],
      [FILE, false],
    ]);
    expect(objects.keys).toEqual(['acme/md_1/full']);
  });

  it('follows no description of a description', async () => {
    const described = json({ links: { content_direct_temporary: `${AT}?again` } });
    const { internet, media } = await fetching({ [AT]: described, [`${AT}?again`]: described });
    expect(await media.execute(ref(AT))).toMatchObject({ kind: 'refused' });
    expect(internet.asked).toHaveLength(2);
  });

  it('takes a file that is there at once', async () => {
    const url = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1';
    const { internet, media } = await fetching({ [url]: png });
    expect(await media.execute(ref(url))).toMatchObject({ file: { bytes: 3 } });
    expect(internet.asked).toEqual([[url, true]]);
  });
});
