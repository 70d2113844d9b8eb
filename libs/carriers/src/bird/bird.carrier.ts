import { z } from 'zod';
import { normalizeAddress } from '../address.js';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { noteField, wordField } from '../fields.js';
import { typeByName } from '../media-names.js';
import { apiBase, readSendAnswer } from '../send-answer.js';
import { birdAnswersKeyword } from './bird.keywords.js';
import { parseBirdWebhook, verifyBirdWebhook } from './bird.webhook.js';
import { birdGuide } from './bird.guide.js';

const taken = z.object({ id: z.string() });
const refused = z.object({ code: wordField, message: noteField });

/** Source: https://docs.bird.com/api/channels-api/supported-channels/programmable-sms/sending-sms-messages */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const { settings } = account;
  const base = apiBase(settings['apiBase'], 'https://api.bird.com');
  const [workspace, channel] = ['workspaceId', 'channelId'].map((name) =>
    encodeURIComponent(settings[name] ?? ''),
  );
  return {
    method: 'POST',
    url: `${base}/workspaces/${workspace}/channels/${channel}/messages`,
    headers: {
      authorization: `AccessKey ${account.secrets['accessKey'] ?? ''}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      receiver: { contacts: [{ identifierKey: 'phonenumber', identifierValue: message.to }] },
      body: bodyOf(message),
      reference: message.messageId,
    }),
  };
}

/** Source: https://docs.bird.com/api/channels-api/message-types/files: what is no picture goes out as files, all of it. */
function bodyOf({ text, media }: OutboundText): object {
  if (media.length === 0) return { type: 'text', text: { text } };
  const words = text === '' ? {} : { text };
  const files = media.map((mediaUrl) => ({ mediaUrl, contentType: typeByName(mediaUrl) ?? 'image/jpeg' }));
  return files.every(({ contentType }) => contentType.startsWith('image/'))
    ? { type: 'image', image: { ...words, images: media.map((mediaUrl) => ({ mediaUrl })) } }
    : { type: 'file', file: { ...words, files } };
}

/**
 * Bird's Channels API (the platform after MessageBird), SMS channels.
 * Settings: `workspaceId`, `channelId`, `number`, optional `apiBase`. Secrets: `accessKey`, `signingKey`, optional
 * `previousSigningKey`.
 */
export const bird: Carrier = {
  id: 'bird',
  name: 'Bird',
  guide: birdGuide,
  answersKeyword: birdAnswersKeyword,
  answer: { status: 200, contentType: 'text/plain', body: 'OK' },
  verify: verifyBirdWebhook,
  parse: parseBirdWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, {
      name: 'Bird',
      taken: (json) => {
        const answer = taken.safeParse(json);
        return answer.success ? { id: answer.data.id, segments: null } : null;
      },
      refused: (json) => {
        const answer = refused.safeParse(json);
        return answer.success
          ? { code: answer.data.code, errorClass: 'unknown', text: answer.data.message }
          : null;
      },
    }),
  mediaHeaders: (url, account) =>
    url.protocol === 'https:' && url.hostname === 'media.api.bird.com'
      ? { authorization: `AccessKey ${account.secrets['accessKey'] ?? ''}` }
      : {},
  accountProblem: (settings, secretNames) => {
    for (const name of ['workspaceId', 'channelId']) {
      if (!settings[name]) return `settings.${name} is missing: copy it from the URL of the channel in Bird`;
    }
    if (normalizeAddress(settings['number'] ?? '') === null) {
      return 'settings.number must be the number of the channel: Bird does not tell it with a text';
    }
    for (const name of ['accessKey', 'signingKey']) {
      if (!secretNames.includes(name)) return `secrets.${name} is missing`;
    }
    return null;
  },
};
