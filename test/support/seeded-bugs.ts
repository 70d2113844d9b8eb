import type { SeededBug } from './seeded-bug.js';

/** Mistakes that the checker has to see, by what somebody would have done wrong. */
export const SEEDED_BUGS = {
  'a webhook is answered before it is stored': {
    service: 'ingest',
    file: 'services/ingest/dist/application/accept-webhook.js',
    changes: [
      {
        find: 'const appended = await this.writer.append(receipts);',
        replace: `setTimeout(() => void this.writer.append(receipts), 1000); const appended = 'durable';`,
      },
    ],
  },
  'an event is acknowledged before it is handled': {
    service: 'notify',
    file: 'libs/bus/dist/batch-settler.js',
    changes: [
      {
        find: 'const envelopes = items.map(({ envelope }) => envelope);',
        replace:
          'const envelopes = items.map(({ envelope }) => envelope); for (const { message } of items) message.ack();',
      },
    ],
  },
  'the epoch that somebody saw is not compared': {
    service: 'inbox',
    file: 'services/inbox/dist/domain/decide/decision.js',
    changes: [{ find: 'return expectedEpoch === state.epoch', replace: 'return true' }],
  },
  'an entry is published before it is written': {
    service: 'inbox',
    file: 'services/inbox/dist/application/log/optimistic-conversation-log.js',
    changes: [
      {
        find: 'const inserted = await this.insert(chains.map((chain) => chain.map(({ item }) => item)));',
        replace: `await this.outbox.announceAgain(chains.flat().map(({ item }) => item), '');
              failpoint('inbox.entries-appended');
              const inserted = await this.insert(chains.map((chain) => chain.map(({ item }) => item)));`,
      },
    ],
  },
  'the carrier is asked before the claim is written': {
    service: 'delivery',
    file: 'services/delivery/dist/application/send-attempt.js',
    changes: [
      {
        find: 'const mine = await this.attempts.change(attempt, (current) => claimed(current, claimId, this.clock.now(), this.settings.claimMs, line.costOf?.(current) ?? null));',
        replace: 'let mine = attempt;',
      },
      {
        find: 'if (!hasRoom(mine, at, this.settings.longestExchangeMs)) {',
        replace: 'if (mine === null) {',
      },
      {
        find: `failpoint('delivery.carrier-answered');`,
        replace: `failpoint('delivery.carrier-answered');
              mine = await this.attempts.change(attempt, (current) => claimed(current, claimId, this.clock.now(), this.settings.claimMs));`,
      },
    ],
  },
  'a text whose outcome is unknown is sent again': {
    service: 'delivery',
    file: 'services/delivery/dist/domain/sending.js',
    changes: [
      {
        find: `case 'unknown':`,
        replace: `case 'unknown': if (mine) return again(attempt, outcome.description, now, jitter, null);`,
      },
    ],
  },
  'lists are not repaired from the log': {
    service: 'inbox',
    file: 'services/inbox/dist/application/log/replay.js',
    changes: [{ find: 'await log.repair(ref);', replace: ';' }],
  },
  'the unique index of the log is missing': {
    service: 'inbox',
    file: 'services/inbox/dist/adapters/mongo/indexes.js',
    changes: [
      {
        find: 'export const requiredIndexes = [',
        replace: 'export const requiredIndexes = []; export const forgotten = [',
      },
    ],
  },
} satisfies Readonly<Record<string, SeededBug>>;

export type Mistake = keyof typeof SEEDED_BUGS;
