import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@partyline/testing';
import fc from 'fast-check';
import { startWorld, type World } from '../support/inbox-service.js';
import { essence, essenceOf } from './agreement.js';
import { mayOwn, NEVER, step, type Call, type Conversation, type Group } from './conversation-model.js';
import type { Record } from './history.js';
import { expectShownAsLogged } from './log-checks.js';
import { operation, type Operation } from './operations.js';
import { runSettings } from './run-settings.js';
import { EVERYBODY, Team } from './team.js';

/** What the model believes: both conversations, the group, and the entries that commands have led to. */
class Belief {
  group: Group = EVERYBODY;
  readonly conversations = new Map<string, Conversation>();
  private readonly entries = new Map<string, number>();

  /** Does in the model what was done to the service, and holds the answer against it. */
  expect({ call, conversationId, key, told }: Record): void {
    const now = this.of(conversationId);
    const entry = this.entries.get(`${conversationId} ${key}`);
    const expected = step(now, call, this.group);
    const hidden = expected.kind === 'refused' && expected.reasons.includes('NOT_FOUND');
    const next = expected.kind === 'entry' && entry === undefined ? expected.next : now;
    if (next !== now) {
      this.conversations.set(conversationId, next);
      this.entries.set(`${conversationId} ${key}`, next.seq);
    }
    if (!told) return;
    if (told.conversation)
      expect({ call, ...essence(told.conversation) }).toEqual({ call, ...essenceOf(next) });
    if (expected.kind === 'refused' && (entry === undefined || hidden)) {
      expect({ call, answer: told.ok ? 'ok' : told.code }).toEqual({
        call,
        answer: expect.stringMatching(new RegExp(`^(${expected.reasons.join('|')})$`)),
      });
    } else {
      expect({ call, ok: told.ok, seq: told.ok && told.seq }).toEqual({
        call,
        ok: true,
        seq: entry ?? next.seq,
      });
    }
  }

  of(conversationId: string): Conversation {
    return this.conversations.get(conversationId) ?? NEVER;
  }

  /** Row 12, for everything that somebody owns who may not any more. */
  release(): void {
    for (const [id, now] of this.conversations) {
      if (now.owner === null || mayOwn(now.owner, this.group)) continue;
      const call: Call = { kind: 'release', who: now.owner };
      const released = step(now, call, this.group);
      if (released.kind === 'entry') this.conversations.set(id, released.next);
    }
  }
}

class Doing implements fc.AsyncCommand<Belief, Team> {
  constructor(private readonly operation: Operation) {}

  check = () => true;
  toString = () => JSON.stringify(this.operation);

  async run(belief: Belief, team: Team): Promise<void> {
    const { operation } = this;
    switch (operation.kind) {
      case 'inbound':
      case 'duplicate': {
        const told = team.world.bus.told.length;
        const record = await team.text(operation);
        if (!record) return;
        belief.expect(record);
        // A duplicate lands nowhere; that it was taken care of shows in the news being told again.
        await eventually(() => team.world.bus.told.slice(told).some(({ data }) => isAbout(data, record.key)));
        await eventually(() => team.landed(record.key));
        return;
      }
      case 'membership':
      case 'activity':
      case 'policy':
        await team.change(operation);
        await eventually(() => team.settled());
        belief.group = team.group;
        belief.release();
        return;
      default:
        for (const record of await team.act(operation)) belief.expect(record);
    }
  }
}

const isAbout = (data: unknown, messageId: string): boolean =>
  typeof data === 'object' && data !== null && 'event' in data
    ? isAbout(data.event, messageId)
    : typeof data === 'object' && data !== null && 'messageId' in data && data.messageId === messageId;

describe('one thing after the other', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 60_000);
  afterAll(() => world.stop());

  it('every answer, every log, every list and every count is what the model says', async () => {
    const { seed, numRuns } = runSettings('model, sequential', 40);
    await fc.assert(
      fc.asyncProperty(
        fc.commands([operation.map((one) => new Doing(one))], { maxCommands: 40, size: 'max' }),
        async (commands) => {
          const team = await Team.at(world);
          const belief = new Belief();
          await fc.asyncModelRun(() => ({ model: belief, real: team }), commands);
          await expectShownAsLogged(team);
          for (const id of team.conversationIds) {
            const document = await world.database.conversations.findOne({ _id: id });
            expect(document?.seq ?? 0).toBe(belief.of(id).seq);
          }
        },
      ),
      { seed, numRuns, interruptAfterTimeLimit: numRuns * 2_000 },
    );
  }, 600_000);
});
