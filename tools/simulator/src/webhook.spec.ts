import { describe, expect, it } from '@jest/globals';
import { simulator, twilio, type OpenAccount, type WebhookRequest } from '@partyline/carriers';
import { SIMULATOR_ACCOUNT, TWILIO_ACCOUNT } from './demo.js';
import { queryOf, signedRequest, worthRetrying, type SignedRequest, type WebhookContent } from './webhook.js';

const HOOKS = 'http://127.0.0.1:3001';
const AT = new Date('2026-11-23T12:00:00.000Z');

function asReceived({ url, headers, body }: SignedRequest): WebhookRequest {
  const { search } = new URL(url);
  return { method: 'POST', query: search.slice(1), headers, body: Buffer.from(body), receivedAt: AT };
}

const simulatorAccount: OpenAccount = {
  ...SIMULATOR_ACCOUNT,
  publicUrl: `${HOOKS}/hooks/simulator/demo-simulator`,
  settings: {},
};
const twilioAccount: OpenAccount = {
  id: TWILIO_ACCOUNT.id,
  publicUrl: TWILIO_ACCOUNT.publicUrl,
  settings: { accountSid: TWILIO_ACCOUNT.accountSid },
  secrets: { authToken: TWILIO_ACCOUNT.authToken },
};

const text: WebhookContent = {
  carrier: 'simulator',
  query: '',
  event: {
    type: 'message.received',
    data: { id: 'sim_1', from: '+12125557001', to: '+12125550101', text: ' hi 👋 ', media: [] },
  },
};
const receipt: WebhookContent = {
  carrier: 'twilio',
  query: '?reference=ms_1',
  fields: [
    ['MessageSid', 'SM1'],
    ['MessageStatus', 'undelivered'],
    ['ErrorCode', '30003'],
  ],
};

describe("the simulator's webhooks", () => {
  it('are what ingest verifies and reads', () => {
    const request = signedRequest('sim_1', text, HOOKS, AT);
    expect(request.url).toBe(`${HOOKS}/hooks/simulator/demo-simulator`);
    expect(simulator.verify(asReceived(request), simulatorAccount)).toEqual({ ok: true, value: null });
    expect(simulator.parse(asReceived(request), simulatorAccount)).toMatchObject({
      ok: true,
      value: [{ kind: 'message', providerMessageId: 'sim_1', from: '+12125557001', text: ' hi 👋 ' }],
    });
  });

  it('as Twilio are signed for its public URL, but posted to where ingest is', () => {
    const request = signedRequest('rc_1', receipt, HOOKS, AT);
    expect(request.url).toBe(`${HOOKS}/hooks/twilio/demo-twilio?reference=ms_1`);
    expect(twilio.verify(asReceived(request), twilioAccount)).toEqual({ ok: true, value: null });
    expect(twilio.parse(asReceived(request), twilioAccount)).toMatchObject({
      ok: true,
      value: [{ kind: 'status', status: 'undelivered', errorClass: 'unreachable', reference: 'ms_1' }],
    });
  });

  it('go to ingest alone, whatever callback a sender names', () => {
    expect(queryOf('http://169.254.169.254/latest?reference=ms_1')).toBe('?reference=ms_1');
    expect(queryOf('not a url')).toBe('');
  });

  it.each([
    [200, false],
    [400, false],
    [403, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ])('answered with %d: tried again? %s', (status, again) => {
    expect(worthRetrying(status)).toBe(again);
  });
});
