import { attemptsOf, type Attempt, type QueuedReply } from '../../src/domain/attempt.js';

export const NOON = new Date('2026-11-23T12:00:00.000Z');
export const after = (milliseconds: number): Date => new Date(NOON.getTime() + milliseconds);

export function aReply(change: Partial<QueuedReply> = {}): QueuedReply {
  return {
    tenantId: 'demo',
    messageId: 'ms_1',
    conversationId: 'cv_1',
    inboxId: 'department-support',
    seq: 2,
    index: 0,
    carrier: 'simulator',
    accountId: 'demo-simulator',
    from: '+12125550101',
    to: ['+12125557001'],
    text: 'It is on its way',
    media: [],
    correlationId: 'co_1',
    traceparent: null,
    queuedAt: NOON,
    ...change,
  };
}

export function anAttempt(change: Partial<Attempt> = {}): Attempt {
  const [attempt] = attemptsOf(aReply());
  if (!attempt) throw new Error('a reply to one recipient is one attempt');
  return { ...attempt, ...change };
}

export const sending = (change: Partial<Attempt> = {}): Attempt =>
  anAttempt({ state: 'sending', claim: { id: 'cl_1', startedAt: NOON, until: after(40_000) }, ...change });
