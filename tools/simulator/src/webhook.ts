import { signStandardWebhook, signTwilioRequest, type SimulatorWebhook } from '@partyline/carriers';
import { SIMULATOR_ACCOUNT, TWILIO_ACCOUNT } from './demo.js';

/** What a carrier posts to Partyline, before it is signed: each attempt is signed anew. */
export type WebhookContent =
  | { readonly carrier: 'simulator'; readonly query: string; readonly event: SimulatorWebhook }
  | {
      readonly carrier: 'twilio';
      readonly query: string;
      readonly fields: readonly (readonly [name: string, value: string])[];
    };

export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The request that carries it. It always goes to Partyline's own hooks, whatever callback URL a sender names: only its
 * query is taken over. Twilio signs for the public URL, as it does behind a proxy.
 */
export function signedRequest(
  id: string,
  content: WebhookContent,
  hooksUrl: string,
  at: Date,
): SignedRequest {
  if (content.carrier === 'simulator') {
    const body = JSON.stringify(content.event);
    const secrets = [SIMULATOR_ACCOUNT.secrets.signingSecret];
    return {
      url: `${hooksUrl}/hooks/simulator/${SIMULATOR_ACCOUNT.id}${content.query}`,
      headers: { 'content-type': 'application/json', ...signStandardWebhook({ id, at, body, secrets }) },
      body,
    };
  }
  const { authToken, publicUrl, id: account } = TWILIO_ACCOUNT;
  return {
    url: `${hooksUrl}/hooks/twilio/${account}${content.query}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signTwilioRequest(authToken, publicUrl + content.query, content.fields),
    },
    body: new URLSearchParams(
      content.fields.map(([name, value]): [string, string] => [name, value]),
    ).toString(),
  };
}

/** The query of a callback URL, with its question mark; empty where there is none, or no URL. */
export function queryOf(callback: string): string {
  return URL.canParse(callback) ? new URL(callback).search : '';
}

/** Whether the receiver may take it when asked again, as carriers see it. */
export function worthRetrying(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}
