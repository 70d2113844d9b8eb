import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MediaLinks } from './media-links.js';

const links = new MediaLinks(randomBytes(32).toString('base64'));
const ref = { tenantId: 'acme', accountId: 'acc', mediaId: 'md_1', url: 'https://x.example/ü?a=b' };
const now = new Date('2026-11-23T18:00:00.000Z');
const tokenOf = (path: string) => new URL(path, 'http://x').searchParams.get('token') ?? '';

describe('MediaLinks', () => {
  const path = links.sign(ref, new Date(now.getTime() + 1000));

  it('opens what it signed, until it expires', () => {
    expect(path).toMatch(/^\/media\/md_1\?token=[\w-]+\.[\w-]+$/);
    expect(links.open(tokenOf(path), now)).toEqual(ref);
    expect(links.open(tokenOf(path), new Date(now.getTime() + 1000))).toBeNull();
  });

  it('says in the name what it is, where that is known', () => {
    expect(links.sign(ref, now, 'video/mp4')).toMatch(/^\/media\/md_1\.mp4\?token=/);
    expect(links.sign(ref, now, 'application/x-strange')).toMatch(/^\/media\/md_1\?token=/);
  });

  it('opens nothing else', () => {
    expect(new MediaLinks(randomBytes(32).toString('base64')).open(tokenOf(path), now)).toBeNull();
    fc.assert(fc.property(fc.string(), (token) => expect(links.open(token, now)).toBeNull()));
    const token = tokenOf(path);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('A', 'z', '_', '.'), (index, letter) => {
        const changed = token.slice(0, index) + letter + token.slice(index + 1);
        expect(links.open(changed, now)).toEqual(changed === token ? ref : null);
      }),
    );
  });

  it('keeps what may be read and what may be handed in apart', () => {
    const upload = { tenantId: 'acme', conversationId: 'cv_1', mediaId: 'md_1', userId: 'ada' };
    const handedIn = links.signUpload(upload, new Date(now.getTime() + 1000));
    expect(handedIn).toMatch(/^\/uploads\/md_1\?token=/);
    expect(links.openUpload(tokenOf(handedIn), now)).toEqual(upload);
    expect(links.openUpload(tokenOf(handedIn), new Date(now.getTime() + 1000))).toBeNull();
    expect(links.open(tokenOf(handedIn), now)).toBeNull();
    expect(links.openUpload(tokenOf(path), now)).toBeNull();
  });
});
