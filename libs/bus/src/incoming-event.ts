import { createHash } from 'node:crypto';
import type { MsgHdrs } from '@nats-io/transport-node';
import { envelopeSchema, type Envelope, type EventDefinition } from '@partyline/contracts';
import { z } from 'zod';
import type { DeadLetter } from './dead-letters.js';
import { messageOf } from './pause.js';

/** What the strategy needs of a message of JetStream; `JsMsg` is one. */
export interface IncomingMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: MsgHdrs | undefined;
  readonly info: { readonly stream: string; readonly deliveryCount: number; readonly pending: number };
  ack(): void;
  nak(delayMs?: number): void;
  term(reason?: string): void;
  working(): void;
}

export type Parsed =
  | { readonly ok: true; readonly envelope: Envelope }
  | { readonly ok: false; readonly reason: 'malformed' | 'unknown-event'; readonly error: string };

/** Reads an event as one of these kinds, told apart by the end of its subject: `….conversation.assigned.v1`. */
export function parseEvent(
  message: Pick<IncomingMessage, 'subject' | 'data'>,
  definitions: readonly EventDefinition[],
): Parsed {
  const definition = definitions.find(({ type, version }) =>
    message.subject.endsWith(`.${type}.v${version}`),
  );
  if (!definition) {
    return {
      ok: false,
      reason: 'unknown-event',
      error: `no event is known that is published on ${message.subject}`,
    };
  }
  try {
    const envelope = definition.parse(readJson(message.data));
    if (envelope.type !== definition.type || envelope.version !== definition.version) {
      const found = `${envelope.type} v${envelope.version}`;
      return {
        ok: false,
        reason: 'unknown-event',
        error: `the envelope says ${found}, the subject ${message.subject}`,
      };
    }
    return { ok: true, envelope };
  } catch (error) {
    const text = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    return { ok: false, reason: 'malformed', error: text };
  }
}

export function toDeadLetter(
  message: IncomingMessage,
  consumer: string,
  verdict: { readonly reason: string; readonly error: string },
): DeadLetter {
  const payload = new TextDecoder().decode(message.data);
  const known = readIdentity(message.data);
  const hash = createHash('sha256')
    .update(message.subject)
    .update('\0')
    .update(message.data)
    .digest('base64url');
  return {
    id: known?.id ?? hash,
    tenantId: known?.tenantId ?? null,
    stream: message.info.stream,
    subject: message.subject,
    eventId: known?.id ?? null,
    payload,
    headers: Object.fromEntries(
      [...(message.headers ?? [])].map(([name, values]) => [name, values.join(', ')]),
    ),
    consumer,
    ...verdict,
  };
}

const identitySchema = envelopeSchema.pick({ id: true, tenantId: true });

function readIdentity(data: Uint8Array): { id: string; tenantId: string } | undefined {
  try {
    return identitySchema.parse(readJson(data));
  } catch {
    return undefined;
  }
}

function readJson(data: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
}
