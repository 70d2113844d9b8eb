import type { Carrier } from '../carrier.js';
import { answersTo } from '../keyword-answers.js';
import { verifyWebhookSecret, webhookSecretProblem } from '../webhook-secret.js';
import { buildAzureSend, parseAzureSend } from './azure.send.js';
import { azureHandshake, parseAzureWebhook } from './azure.webhook.js';
import { azureGuide } from './azure.guide.js';

const ENDPOINT = /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*\.communication\.azure\.(com|us)\/?$/;

/**
 * Azure Communication Services SMS: texts and reports by Event Grid, which shows a secret of ours.
 * Settings: `endpoint` (https://name.region.communication.azure.com). Secrets: `accessKey`, `webhookSecret`.
 */
export const azure: Carrier = {
  id: 'azure',
  name: 'Azure Communication Services',
  guide: azureGuide,
  // Source: https://github.com/MicrosoftDocs/azure-docs, articles/communication-services/concepts/sms/sms-faq.md
  answersKeyword: answersTo('STOP START UNSTOP'),
  answer: { status: 200, contentType: null, body: '' },
  verify: verifyWebhookSecret,
  parse: parseAzureWebhook,
  buildSend: buildAzureSend,
  parseSend: parseAzureSend,
  mediaHeaders: () => ({}),
  filesAsLinks: () => true,
  accountProblem: (settings, secretNames) => {
    if (!ENDPOINT.test(settings['endpoint'] ?? '')) {
      return 'settings.endpoint must be the endpoint of the resource, like https://name.unitedstates.communication.azure.com';
    }
    if (!secretNames.includes('accessKey'))
      return 'secrets.accessKey is missing: copy it from Keys of the resource';
    return webhookSecretProblem(settings, secretNames);
  },
  handshake: azureHandshake,
  // Event Grid gives an event up at once on 400, 401, 403 and 413; on anything else it tries for 24 hours.
  refusalStatus: () => 503,
};
