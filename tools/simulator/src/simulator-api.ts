import type { FastifyInstance } from 'fastify';
import { simulatorSendSchema, verifyStandardWebhook } from '@partyline/carriers';
import { derivedId } from '@partyline/kernel';
import { CarrierNetwork, type TellReceipt } from './carrier.js';
import { SIMULATOR_ACCOUNT } from './demo.js';
import { hang } from './hang.js';

const tell: TellReceipt = ({ id }, { status, failure }, query) => ({
  carrier: 'simulator',
  query,
  event: {
    type: 'message.status',
    data: {
      id,
      status,
      errorCode: failure?.code ?? null,
      errorClass: failure ? 'unreachable' : null,
      description: failure?.reason ?? null,
    },
  },
});

const refusal = (code: string, errorClass: string, message: string): object => ({
  error: { code, errorClass, message },
});

/** The send API of the carrier `simulator`: JSON signed as in libs/carriers. */
export async function simulatorApi(app: FastifyInstance, network: CarrierNetwork): Promise<void> {
  // Signatures cover the bytes as they were sent, so JSON is not parsed before they are checked.
  await app.register(async (scope) => {
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );

    scope.post('/carrier/simulator/messages', async (request, reply) => {
      const body = String(request.body);
      const signed = verifyStandardWebhook({
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
        ),
        body,
        secrets: Object.values(SIMULATOR_ACCOUNT.secrets),
        now: new Date(),
      });
      if (!signed.ok) return reply.status(401).send(refusal('signature', 'credentials', signed.error));
      const parsed = simulatorSendSchema.safeParse(fromJson(body));
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const where = issue?.path.join('.') || 'the body';
        return reply
          .status(400)
          .send(refusal('malformed', 'content', `${where}: ${issue?.message ?? 'is not JSON'}`));
      }
      const { reference, accountId, media, ...text } = parsed.data;
      const id = derivedId('sm', accountId, reference);
      const answer = await network.take(
        { ...text, id, key: id, media: media.map(({ url }) => ({ url, contentType: null })) },
        tell,
      );
      if (answer === 'hang') return hang(request, reply);
      if (answer === 'throttled') {
        return reply
          .status(429)
          .header('retry-after', '2')
          .send(refusal('busy', 'throttled', 'Slow down'));
      }
      if (answer === 'rejected') {
        return reply
          .status(422)
          .send(
            refusal('no-such-number', 'invalid_destination', `${text.to} is not a number that gets texts`),
          );
      }
      return reply.status(201).send({ id });
    });
  });
}

function fromJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
