import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MediaLinks } from '@partyline/carriers';
import { mediaAddresses } from './media-addresses.js';

const links = new MediaLinks(randomBytes(32).toString('base64'));
const now = new Date('2026-11-24T10:00:00.000Z');
const message = { tenantId: 'acme', accountId: 'acc', media: ['upload:md_1', 'https://cdn.example/cat.png'] };
const DAY_MS = 24 * 3_600_000;

describe('the pictures of a reply', () => {
  it.each([
    ['https://sms.example.com/hooks/twilio/acc', 'https://sms.example.com/media/md_1'],
    ['https://example.com/partyline/hooks/twilio/acc', 'https://example.com/partyline/media/md_1'],
    ['https://example.com/sms?account=acc', 'https://example.com/media/md_1'],
  ])('lie where the carrier reaches us: %s', (publicUrl, address) => {
    const [ours, theirs] = mediaAddresses(links, message, publicUrl, now);
    expect(ours?.startsWith(`${address}?token=`)).toBe(true);
    expect(theirs).toBe('https://cdn.example/cat.png');
  });

  it('say in their names what they are, where that is known', () => {
    const both = { ...message, media: ['upload:md_1', 'upload:md_2'], mediaTypes: ['video/mp4', null] };
    const addresses = mediaAddresses(links, both, 'https://sms.example.com/hooks/vonage/acc', now);
    expect(addresses.map((address) => new URL(address).pathname)).toEqual(['/media/md_1.mp4', '/media/md_2']);
  });

  it('can be fetched for a week', () => {
    const [ours = ''] = mediaAddresses(links, message, 'https://sms.example.com/hooks/twilio/acc', now);
    const token = new URL(ours).searchParams.get('token') ?? '';
    const ref = { tenantId: 'acme', accountId: 'acc', mediaId: 'md_1', url: 'upload:md_1' };
    expect(links.open(token, new Date(now.getTime() + 7 * DAY_MS - 1))).toEqual(ref);
    expect(links.open(token, new Date(now.getTime() + 7 * DAY_MS))).toBeNull();
  });
});
