import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { sameSecret } from '@partyline/carriers';
import { CarrierNetwork, type TellReceipt } from './carrier.js';
import { TWILIO_ACCOUNT } from './demo.js';
import { hang } from './hang.js';
import type { Text } from './texts.js';

const EXPECTED = `Basic ${Buffer.from(`${TWILIO_ACCOUNT.accountSid}:${TWILIO_ACCOUNT.authToken}`).toString('base64')}`;

/** Source: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status */
const tell: TellReceipt = ({ id, from, to }, { status, failure }, query) => ({
  carrier: 'twilio',
  query,
  fields: [
    ['AccountSid', TWILIO_ACCOUNT.accountSid],
    ['ApiVersion', '2010-04-01'],
    ['From', from],
    ['MessageSid', id],
    ['MessageStatus', status],
    ['SmsSid', id],
    ['SmsStatus', status],
    ['To', to],
    ...(failure ? [['ErrorCode', failure.twilioCode] as const] : []),
  ],
});

const problem = (status: number, code: number, message: string): object => ({
  code,
  message,
  more_info: `https://www.twilio.com/docs/errors/${code}`,
  status,
});

/** As Twilio lists it. Source: https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources */
const logged = ({ id, phone, number, text, at, state, media }: Text): object => ({
  sid: id,
  direction: 'outbound-api',
  from: number,
  to: phone,
  body: text,
  status: state === 'taken' ? 'queued' : state,
  num_segments: '1',
  num_media: String(media.length),
  error_code: state === 'undelivered' ? 30003 : null,
  error_message: null,
  date_created: new Date(at).toUTCString(),
  date_sent: new Date(at).toUTCString(),
});

/**
 * As much of Twilio's REST API as sending and comparing logs take.
 * Source: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 */
export async function twilioApi(app: FastifyInstance, network: CarrierNetwork): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );

    const isAllowed = (request: {
      headers: { authorization?: string | undefined };
      params: { sid: string };
    }): boolean =>
      sameSecret(request.headers.authorization ?? '', EXPECTED) &&
      request.params.sid === TWILIO_ACCOUNT.accountSid;

    scope.get<{ Params: { sid: string }; Querystring: Record<string, string | undefined> }>(
      '/2010-04-01/Accounts/:sid/Messages.json',
      async (request, reply) => {
        if (!isAllowed(request)) return reply.status(401).send(problem(401, 20003, 'Authenticate'));
        const since = new Date(request.query['DateSent>'] ?? 0);
        const taken = await network.log('SM', Number.isNaN(since.getTime()) ? new Date(0) : since);
        return { next_page_uri: null, messages: taken.map(logged) };
      },
    );

    scope.post<{ Params: { sid: string } }>(
      '/2010-04-01/Accounts/:sid/Messages.json',
      async (request, reply) => {
        if (!isAllowed(request)) {
          return reply.status(401).send(problem(401, 20003, 'Authenticate'));
        }
        const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
        const to = form.get('To') ?? '';
        const from = form.get('From') ?? '';
        const text = form.get('Body') ?? '';
        const media = form.getAll('MediaUrl').map((url) => ({ url, contentType: null }));
        if (to === '') return reply.status(400).send(problem(400, 21604, "A 'To' phone number is required."));
        if (from === '')
          return reply.status(400).send(problem(400, 21603, "A 'From' phone number is required."));
        if (text === '' && media.length === 0)
          return reply.status(400).send(problem(400, 21602, 'Message body is required.'));
        if (text.length > 1600)
          return reply
            .status(400)
            .send(problem(400, 21617, 'The concatenated message body exceeds the 1600 character limit.'));
        const sid = `SM${randomUUID().replaceAll('-', '')}`;
        const key = createHash('sha256')
          .update(JSON.stringify([from, to, text]))
          .digest('hex');
        const statusCallback = form.get('StatusCallback') ?? '';
        const answer = await network.take({ id: sid, key, from, to, text, media, statusCallback }, tell);
        if (answer === 'hang') return hang(request, reply);
        if (answer === 'throttled') {
          return reply
            .status(429)
            .header('retry-after', '2')
            .send(problem(429, 20429, 'Too Many Requests'));
        }
        if (answer === 'rejected') {
          return reply.status(400).send(problem(400, 21211, `Invalid 'To' Phone Number: ${to}`));
        }
        return reply.status(201).send({
          sid,
          account_sid: TWILIO_ACCOUNT.accountSid,
          status: 'queued',
          from,
          to,
          body: text,
          num_segments: '1',
          error_code: null,
          error_message: null,
        });
      },
    );
  });
}
