import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  JetStreamApiCodes,
  type Consumer,
  type ConsumerConfig,
  type ConsumerInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { z } from 'zod';
import type { BusConnection } from './bus-connection.js';

const REQUEST_TIMEOUT_MS = 5_000;

class ConsumerMissing extends Error {
  override readonly name = 'ConsumerMissing';
}

export class StreamMissing extends Error {
  override readonly name = 'StreamMissing';

  constructor(stream: string) {
    super(`stream "${stream}" does not exist (yet): the service that publishes it makes it when it starts`);
  }
}

type NamedConfig = Partial<ConsumerConfig> & { name: string };

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
  config: NamedConfig,
): Promise<Consumer> {
  const body = JSON.stringify({ stream_name: stream, config, action: '' });
  const info = await ask(connection, `CONSUMER.CREATE.${stream}.${config.name}`, body, stream);
  return jetstream(connection.get()).consumers.getConsumerFromInfo(info);
}

/**
 * The consumer of this name as it is, or made where it is missing or different. Looked for first, because nats-server
 * (2.15) writes its file anew for every create, unchanged or not, and a crash in between loses the consumer.
 */
export async function findOrMakeConsumer(
  connection: BusConnection,
  stream: string,
  config: NamedConfig,
): Promise<Consumer> {
  try {
    const info = await ask(connection, `CONSUMER.INFO.${stream}.${config.name}`, '', stream);
    if (isAsWanted(info.config, config)) {
      return jetstream(connection.get()).consumers.getConsumerFromInfo(info);
    }
  } catch (error) {
    if (!(error instanceof ConsumerMissing)) throw error;
  }
  return makeConsumer(connection, stream, config);
}

/** A durable pull consumer: acknowledged one by one, delivered again without end, from the stream's beginning. */
export function durableConfig(name: string, subjects: readonly string[], ackWaitMs: number): NamedConfig {
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

export function isAsWanted(actual: Partial<ConsumerConfig>, wanted: Partial<ConsumerConfig>): boolean {
  const keys = Object.keys(wanted) as (keyof ConsumerConfig)[];
  const filters = (config: Partial<ConsumerConfig>) => config.filter_subjects ?? [config.filter_subject];
  return (
    keys
      .filter((key) => key !== 'filter_subject' && key !== 'filter_subjects')
      .every((key) => actual[key] === wanted[key]) &&
    JSON.stringify(filters(actual)) === JSON.stringify(filters(wanted))
  );
}

async function ask(
  connection: BusConnection,
  subject: string,
  body: string,
  stream: string,
): Promise<ConsumerInfo> {
  const reply = await connection.whileConnected((nats) =>
    nats.request(`$JS.API.${subject}`, body, { timeout: REQUEST_TIMEOUT_MS }),
  );
  const { error } = answerSchema.parse(reply.json());
  if (error?.err_code === JetStreamApiCodes.StreamNotFound) throw new StreamMissing(stream);
  if (error?.err_code === JetStreamApiCodes.ConsumerNotFound) throw new ConsumerMissing(subject);
  if (error) throw new Error(`JetStream refuses ${subject}: ${error.description ?? error.code}`);
  return reply.json<ConsumerInfo>();
}
