import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { SharpMediaInspector } from './sharp-media-inspector.js';

const inspector = new SharpMediaInspector();

/** A photo that cannot be packed well. */
const photo = (width: number, height: number): Promise<Buffer> =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .withExif({ IFD0: { Copyright: 'somebody' } })
    .toBuffer();

describe('the small version of a picture', () => {
  it('fits a bubble, is smaller, and has none of the camera’s notes', async () => {
    const body = await photo(1200, 900);
    const small = await inspector.smaller({ contentType: 'image/jpeg', body });
    if (!small) throw new Error('there is none');
    expect(small.contentType).toBe('image/webp');
    expect(await inspector.contentTypeOf(small.body)).toBe('image/webp');
    expect(small.body.length).toBeLessThan(body.length);
    const { width, height, exif } = await sharp(small.body).metadata();
    expect({ width, height, exif }).toEqual({ width: 640, height: 480, exif: undefined });
  });

  it('stands upright where the camera was turned', async () => {
    const body = await sharp(await photo(1200, 900))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const small = await inspector.smaller({ contentType: 'image/jpeg', body });
    const { width, height } = await sharp(small?.body).metadata();
    expect({ width, height }).toEqual({ width: 640, height: 853 });
  });

  it.each<[string, string, () => Promise<Uint8Array>]>([
    ['a small picture', 'image/jpeg', () => photo(100, 80)],
    ['what is no picture', 'application/pdf', async () => randomBytes(200_000)],
    ['a film of a GIF', 'image/gif', async () => randomBytes(200_000)],
    ['a broken picture', 'image/jpeg', async () => (await photo(1200, 900)).subarray(0, 150_000)],
    ['what only claims to be one', 'image/png', async () => randomBytes(200_000)],
  ])('there is none of %s', async (_case, contentType, body) => {
    expect(await inspector.smaller({ contentType, body: await body() })).toBeNull();
  });

  it('there is none of a small file that unfolds to too many points', async () => {
    const huge = { width: 9000, height: 9000, channels: 3, background: 'white' } as const;
    const body = await sharp({ create: huge }).png({ compressionLevel: 0 }).toBuffer();
    expect(await inspector.smaller({ contentType: 'image/png', body })).toBeNull();
  }, 30_000);
});
