import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { findAnyCarrier, MediaLinks, segmentsOf, textWithLinks } from '@partyline/carriers';
import { anAttempt } from '../../../test/support/replies.js';
import { DeliverySettings } from '../../application/settings.js';
import type { AccountBook, FoundAccount } from './account-book.js';
import { AccountCarrierGateway } from './account-carrier-gateway.js';
import { mediaAddresses } from './media-addresses.js';
import type { SmppTransmitters } from './smpp-transmitters.js';

const links = new MediaLinks(randomBytes(32).toString('base64'));
const publicUrl = 'https://hooks.example.com/hooks/x/acc';
const prices = { currency: 'USD', sms: '0.01', mms: '0.05' };
const withFile = anAttempt({
  text: 'Look',
  media: ['upload:md_00000000000000000000000000000001'],
  mediaTypes: ['image/jpeg'],
});

async function costBy(carrierId: string, attempt = withFile) {
  const carrier = findAnyCarrier(carrierId);
  if (!carrier) throw new Error(`no carrier ${carrierId}`);
  const account = { id: attempt.accountId, publicUrl, settings: {}, secrets: {} };
  const found: FoundAccount = { kind: 'ready', carrier, account, prices };
  const book = { find: () => Promise.resolve(found) } as unknown as AccountBook;
  const settings = new DeliverySettings(1_000, 5_000, 1, 1_000);
  const gateway = new AccountCarrierGateway(book, links, {} as SmppTransmitters, settings);
  const line = await gateway.lineFor('demo', carrierId, 'acc');
  return line.kind === 'ready' ? line.costOf?.(attempt)?.millionths : null;
}

it('a reply with a file costs an MMS, where the carrier takes files', async () => {
  expect(await costBy('twilio')).toBe(50_000);
});

it.each(['aws', 'azure', 'infobip', 'clickatell', 'vonage', 'jasmin', 'smpp', 'generic'])(
  'by %s it costs the segments of the text with its link',
  async (carrierId) => {
    const media = mediaAddresses(links, withFile, publicUrl, withFile.queuedAt);
    const { segments } = segmentsOf(textWithLinks({ text: 'Look', media }));
    expect(segments).toBeGreaterThan(1);
    expect(await costBy(carrierId)).toBe(segments * 10_000);
  },
);

it('a text alone costs its segments by any carrier', async () => {
  for (const carrierId of ['twilio', 'aws']) expect(await costBy(carrierId, anAttempt())).toBe(10_000);
});
