import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { CarrierEvent, WebhookRequest } from '../carrier.js';
import {
  addressField,
  countField,
  firstIssue,
  idField,
  noteField,
  textField,
  timeField,
  wordField,
} from '../fields.js';
import { othersOf } from '../group.js';
import { keywordNamed } from '../keyword.js';
import { jsonBody } from '../payload.js';
import { referenceOf } from '../status-callback.js';
import { telnyxErrorClass, telnyxStatus } from './telnyx.status.js';

const event = z.object({
  data: z.object({
    event_type: z.string(),
    payload: z.object({ type: z.string().nullish() }).nullish().catch(null),
  }),
});
/** Its texts go to numbers of another kind. */
const OTHER_CHANNEL = 'WHATSAPP';
/** RCS names an agent of ours instead of a number. */
const party = z
  .object({
    phone_number: addressField.nullish(),
    agent_id: addressField.nullish(),
    status: z.string().nullish().catch(null),
  })
  .transform(({ phone_number, agent_id, status }, context) => {
    const address = phone_number ?? agent_id;
    if (address != null) return { address, status };
    context.addIssue({ code: 'custom', path: ['phone_number'], message: 'is missing' });
    return z.NEVER;
  });
const file = z.object({
  url: z.string().min(1).nullish().catch(null),
  content_type: z.string().nullish().catch(null),
});
/** What RCS says instead of `text` and `media`. */
const rcsBody = z.object({
  text: textField.nullish().catch(null),
  suggestion_response: z.object({ text: textField.nullish() }).nullish().catch(null),
  user_file: z
    .object({
      payload: z.object({
        file_uri: z.string().min(1).nullish(),
        mime_type: z.string().nullish().catch(null),
      }),
    })
    .nullish()
    .catch(null),
  location: z.object({ latitude: z.number(), longitude: z.number() }).nullish().catch(null),
});
const inbound = z.object({
  data: z.object({
    payload: z.object({
      id: idField,
      from: z.object({ phone_number: addressField }),
      to: z.array(party).min(1).max(100),
      cc: z.array(party).max(100).nullish().catch(null),
      text: textField.nullish(),
      subject: textField.nullish().catch(null),
      media: z.array(file).max(100).nullish(),
      body: rcsBody.nullish().catch(null),
      parts: countField,
      received_at: timeField,
      autoresponse_type: z.string().nullish().catch(null),
    }),
  }),
});
const outbound = z.object({
  data: z.object({
    payload: z.object({
      id: idField,
      to: z.array(z.object({ status: z.string().max(64) })).min(1),
      errors: z
        .array(z.object({ code: wordField, title: noteField, detail: noteField }))
        .nullish()
        .catch(null),
    }),
  }),
});

/** Source: https://developers.telnyx.com/api-reference/callbacks/inbound-message and .../delivery-update */
export function parseTelnyxWebhook(request: WebhookRequest): Result<readonly CarrierEvent[], string> {
  const json = jsonBody(request);
  if (!json.ok) return json;
  const kind = event.safeParse(json.value);
  if (!kind.success) return fail(firstIssue(kind.error));
  if (kind.data.data.payload?.type === OTHER_CHANNEL) return ok([]);
  switch (kind.data.data.event_type) {
    case 'message.received':
      return readTelnyxMessage(json.value);
    case 'message.sent':
    case 'message.finalized':
    case 'message.failed':
    case 'message.delivered':
    case 'message.read':
      return readStatus(json.value, referenceOf(request.query));
    default:
      return ok([]);
  }
}

export function readTelnyxMessage(json: unknown): Result<readonly CarrierEvent[], string> {
  const parsed = inbound.safeParse(json);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { id, from, to, cc, text, subject, media, body, parts, received_at, autoresponse_type } =
    parsed.data.data.payload;
  const keyword = keywordNamed(autoresponse_type);
  // Of a group's numbers the one that the webhook is for is ours.
  const ours = (to.find(({ status }) => status === 'webhook_delivered') ?? to[0])?.address ?? '';
  const files = [...(media ?? []), ...(body ? [rcsFile(body)] : [])].flatMap(({ url, content_type }) =>
    url && !content_type?.includes('smil') ? [{ url, contentType: content_type ?? null }] : [],
  );
  const said = text || subject || (text ?? (body && rcsText(body)));
  if (said == null && files.length === 0) return fail('data.payload: there is neither text nor media');
  const everyone = [...to, ...(cc ?? [])].map(({ address }) => address);
  return ok([
    {
      kind: 'message',
      providerMessageId: id,
      from: from.phone_number,
      to: ours,
      group: othersOf(everyone, from.phone_number, ours),
      text: said ?? '',
      media: files,
      segments: parts,
      sentAt: received_at,
      ...(keyword && { keyword }),
    },
  ]);
}

type RcsBody = z.output<typeof rcsBody>;

const rcsFile = ({ user_file }: RcsBody): z.output<typeof file> => ({
  url: user_file?.payload.file_uri,
  content_type: user_file?.payload.mime_type,
});

function rcsText({ text, suggestion_response, location }: RcsBody): string | null {
  const place = location ? `${location.latitude}, ${location.longitude}` : null;
  return text ?? suggestion_response?.text ?? place;
}

/** The event's name is no status: `message.sent` may still say that the text is queued. */
function readStatus(json: unknown, reference: string | null): Result<readonly CarrierEvent[], string> {
  const parsed = outbound.safeParse(json);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { id, to, errors } = parsed.data.data.payload;
  const [error] = errors ?? [];
  const word = to[0]?.status ?? '';
  return ok([
    {
      kind: 'status',
      providerMessageId: id,
      status: telnyxStatus(word),
      rawStatus: word,
      errorCode: error?.code ?? null,
      errorClass: error ? telnyxErrorClass(error.code) : null,
      description: error?.detail ?? error?.title ?? null,
      reference,
    },
  ]);
}
