import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  type Consumer,
  type ConsumerConfig,
  type ConsumerInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { z } from 'zod';
import type { BusConnection } from './bus-connection.js';

const REQUEST_TIMEOUT_MS = 5_000;

/** The error codes of JetStream's API that we tell apart. */
const STREAM_NOT_FOUND = 10059;

export class StreamMissing extends Error {
  override readonly name = 'StreamMissing';

  constructor(stream: string) {
    super(`stream "${stream}" does not exist (yet): the service that publishes it makes it when it starts`);
  }
}

const answerSchema = z.object({
  error: z
    .object({ code: z.number(), err_code: z.number().optional(), description: z.string().optional() })
    .optional(),
});

/**
 * Makes a consumer, or brings the one of this name up to this configuration. Asked of the server directly: the client
 * library's own call cannot do create-or-update, and sends several filters on a subject that names no consumer, which
 * permissions per stream cannot allow. Protocol: `$JS.API.CONSUMER.CREATE.<stream>.<name>`, nats-architecture ADR-42.
 */
export async function makeConsumer(
  connection: BusConnection,
  stream: string,
  config: Partial<ConsumerConfig> & { name: string },
): Promise<Consumer> {
  const request = JSON.stringify({ stream_name: stream, config, action: '' });
  const subject = `$JS.API.CONSUMER.CREATE.${stream}.${config.name}`;
  const reply = await connection.whileConnected((nats) =>
    nats.request(subject, request, { timeout: REQUEST_TIMEOUT_MS }),
  );
  const { error } = answerSchema.parse(reply.json());
  if (error?.err_code === STREAM_NOT_FOUND) throw new StreamMissing(stream);
  if (error) {
    throw new Error(
      `consumer "${config.name}" of stream "${stream}" could not be made: ${error.description ?? error.code}`,
    );
  }
  return jetstream(connection.get()).consumers.getConsumerFromInfo(reply.json<ConsumerInfo>());
}

/** A durable pull consumer: acknowledged one by one, delivered again without end, from the stream's beginning. */
export function durableConfig(
  name: string,
  subjects: readonly string[],
  ackWaitMs: number,
): Partial<ConsumerConfig> & { name: string } {
  return {
    name,
    durable_name: name,
    filter_subjects: [...subjects],
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ackWaitMs),
    deliver_policy: DeliverPolicy.All,
    max_deliver: -1,
    // What waits for its retry counts, too, and must not hold up the others.
    max_ack_pending: 50_000,
  };
}
