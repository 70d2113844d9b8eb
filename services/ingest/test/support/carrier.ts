import { signStandardWebhook, signTwilioRequest, type SimulatorWebhook } from '@partyline/carriers';
import { newId } from '@partyline/kernel';

const TWILIO_URL = 'https://demo.example.com/hooks/twilio/demo-twilio';

export interface Text {
  id: string;
  from: string;
  to: string;
  text: string;
  media?: { url: string }[];
}
export const aText = (change: Partial<Text> = {}): Text => ({
  id: newId('sim'),
  from: '+14155550123',
  to: '+12125550101',
  text: 'hello',
  ...change,
});

/** A carrier that posts to one ingest service. */
export class Carrier {
  constructor(private readonly url: string) {}

  text(text: Text = aText(), options: { secret?: string; correlationId?: string } = {}): Promise<Response> {
    return this.simulator({ type: 'message.received', data: text }, options);
  }

  simulator(
    content: SimulatorWebhook,
    { secret = 'demo-simulator-secret', correlationId }: { secret?: string; correlationId?: string } = {},
    query = '',
  ): Promise<Response> {
    const body = JSON.stringify(content);
    const headers = {
      'content-type': 'application/json',
      ...signStandardWebhook({ id: newId('wh'), at: new Date(), body, secrets: [secret] }),
      ...(correlationId === undefined ? {} : { 'x-correlation-id': correlationId }),
    };
    return fetch(`${this.url}/hooks/simulator/demo-simulator${query}`, { method: 'POST', headers, body });
  }

  twilio(
    fields: Record<string, string>,
    {
      token = 'demo-twilio-token',
      query = '',
      method = 'POST',
    }: { token?: string; query?: string; method?: 'GET' | 'POST' } = {},
  ): Promise<Response> {
    const form = new URLSearchParams(fields);
    const queried = method === 'GET' ? form.toString() : query;
    const tail = queried === '' ? '' : `?${queried}`;
    const signature = signTwilioRequest(token, TWILIO_URL + tail, method === 'GET' ? [] : form);
    return fetch(`${this.url}/hooks/twilio/demo-twilio${tail}`, {
      method,
      headers: { 'x-twilio-signature': signature },
      ...(method === 'GET' ? {} : { body: form }),
    });
  }
}
