import { newId } from '@partyline/kernel';
import { Store, type Picture } from './store.js';
import type { TextMedia } from './texts.js';

export const MAX_PICTURE_BYTES = 5 * 1024 * 1024;
const FETCH_MS = 10_000;

/** The first bytes of what a phone can send; what a file says of itself does not count. */
const KINDS: readonly { readonly contentType: string; readonly matches: (bytes: Buffer) => boolean }[] = [
  {
    contentType: 'image/png',
    matches: (b) => b.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  },
  { contentType: 'image/jpeg', matches: (b) => b.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')) },
  { contentType: 'image/gif', matches: (b) => /^GIF8[79]a$/.test(b.toString('latin1', 0, 6)) },
  {
    contentType: 'image/webp',
    matches: (b) => b.toString('latin1', 0, 4) === 'RIFF' && b.toString('latin1', 8, 12) === 'WEBP',
  },
];

/** A picture that cannot be sent, and why. */
export class BadPicture extends Error {
  override readonly name = 'BadPicture';
}

/** Throws {@link BadPicture}. */
export function pictureOf(bytes: Buffer): Picture {
  if (bytes.length > MAX_PICTURE_BYTES) throw new BadPicture('The picture is larger than 5 MB');
  const kind = KINDS.find(({ matches }) => matches(bytes));
  if (!kind) throw new BadPicture('This is not a picture: send a PNG, JPEG, GIF or WebP');
  return { id: newId('pic'), contentType: kind.contentType, bytes };
}

/** Keeps pictures given as data URLs and finds those given by id. Throws {@link BadPicture}. */
export async function picturesOf(given: readonly string[], store: Store): Promise<Omit<Picture, 'bytes'>[]> {
  const pictures: Picture[] = [];
  for (const one of given) {
    const data = /^data:[^;,]*(?:;[^;,]*)*;base64,(.*)$/s.exec(one)?.[1];
    const picture = data === undefined ? await store.picture(one) : pictureOf(Buffer.from(data, 'base64'));
    if (!picture) throw new BadPicture(`There is no uploaded picture "${one.slice(0, 64)}"`);
    if (data !== undefined) await store.addPicture(picture);
    pictures.push(picture);
  }
  return pictures;
}

/** As a carrier does: it fetches what a reply links to, and the phone gets the copy. What cannot be had is left out. */
export async function copiedPictures(media: readonly TextMedia[], store: Store): Promise<TextMedia[]> {
  const copied = await Promise.all(media.map(({ url }) => copyOf(url, store)));
  return copied.filter((one) => one !== null);
}

async function copyOf(url: string, store: Store): Promise<TextMedia | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS), redirect: 'error' });
    if (!answer.ok) return null;
    const picture = pictureOf(Buffer.from(await answer.arrayBuffer()));
    await store.addPicture(picture);
    return shown(picture);
  } catch {
    return null;
  }
}

/** As the page shows it: a path that works behind the gateway and at the simulator itself. */
export function shown({ id, contentType }: Omit<Picture, 'bytes'>): TextMedia {
  return { url: `/simulator/api/media/${id}`, contentType };
}
