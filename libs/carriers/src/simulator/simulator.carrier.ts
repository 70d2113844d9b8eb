import { z } from 'zod';
import type { Carrier, HttpRequest, HttpResponse, OpenAccount, OutboundText } from '../carrier.js';
import {
  accepted,
  ERROR_CLASSES,
  rejected,
  throttled,
  unknownOutcome,
  type SendOutcome,
} from '../outcome.js';
import { retryAfterMs } from '../retry-after.js';
import { statusCallbackUrl } from '../status-callback.js';
import { signStandardWebhook } from './standard-webhooks.js';
import { parseSimulatorWebhook, simulatorSecrets, verifySimulatorWebhook } from './simulator.webhook.js';
import { simulatorGuide } from './simulator.guide.js';

/** What `POST {apiBase}/carrier/simulator/messages` takes; signed like a webhook, with the same secret. */
export const simulatorSendSchema = z.object({
  /** Our message id: the same one gets the same answer and is sent once. */
  reference: z.string(),
  accountId: z.string(),
  from: z.string(),
  to: z.string(),
  text: z.string(),
  media: z.array(z.object({ url: z.string() })),
  /** Where statuses of this text are posted to. */
  statusCallback: z.string(),
});
export type SimulatorSend = z.infer<typeof simulatorSendSchema>;

const taken = z.object({ id: z.string().min(1).max(255) });
const refused = z.object({
  error: z.object({
    code: z.string().nullish(),
    errorClass: z.enum(ERROR_CLASSES).catch('unknown'),
    message: z.string(),
  }),
});

function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const content: SimulatorSend = {
    reference: message.messageId,
    accountId: account.id,
    from: message.from,
    to: message.to,
    text: message.text,
    media: message.media.map((url) => ({ url })),
    statusCallback: statusCallbackUrl(account.publicUrl, message.messageId),
  };
  const body = JSON.stringify(content);
  const signed = signStandardWebhook({
    id: message.messageId,
    at: message.at,
    body,
    secrets: simulatorSecrets(account).slice(0, 1),
  });
  return {
    method: 'POST',
    url: `${(account.settings['apiBase'] ?? '').replace(/\/+$/, '')}/carrier/simulator/messages`,
    headers: { ...signed, 'content-type': 'application/json', accept: 'application/json' },
    body,
  };
}

function parseSend(response: HttpResponse): SendOutcome {
  let json: unknown;
  try {
    json = JSON.parse(response.body);
  } catch {
    json = undefined;
  }
  if (response.status >= 200 && response.status < 300) {
    const answer = taken.safeParse(json);
    return answer.success ? accepted(answer.data.id) : unknownOutcome('The simulator answered without an id');
  }
  if (response.status === 429) {
    return throttled(retryAfterMs(response.headers['retry-after']), 'The simulator asks to slow down');
  }
  if (response.status >= 400 && response.status < 500 && response.status !== 408) {
    const answer = refused.safeParse(json);
    return answer.success
      ? rejected(answer.data.error.code ?? null, answer.data.error.errorClass, answer.data.error.message)
      : rejected(null, response.status === 401 ? 'credentials' : 'unknown', `HTTP ${response.status}`);
  }
  return unknownOutcome(`The simulator answered ${response.status}`);
}

/**
 * The phone simulator as a carrier: JSON signed by Standard Webhooks, both ways.
 * Settings: `apiBase`. Secrets: `signingSecret`, optional `previousSigningSecret`.
 */
export const simulator: Carrier = {
  id: 'simulator',
  name: 'Phone simulator',
  guide: simulatorGuide,
  answer: { status: 204, contentType: null, body: '' },
  verify: verifySimulatorWebhook,
  parse: parseSimulatorWebhook,
  buildSend,
  parseSend,
  mediaHeaders: () => ({}),
  accountProblem: (settings, secretNames) => {
    if (!URL.canParse(settings['apiBase'] ?? ''))
      return 'settings.apiBase must be the URL of the phone simulator';
    return secretNames.includes('signingSecret') ? null : 'secrets.signingSecret is missing';
  },
};
