import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@partyline/testing';
import fc from 'fast-check';
import { startWorld, type World } from '../support/inbox-service.js';
import { Belief, expectAsBelieved, type Held } from './belief.js';
import type { Who } from './conversation-model.js';
import { expectShownAsLogged, logOf } from './log-checks.js';
import { beginning, operation, type Operation } from './operations.js';
import { giveByHand } from './give-by-hand.js';
import { runSettings } from './run-settings.js';
import { Team } from './team.js';

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
        expectAsBelieved(belief, record);
        // A duplicate lands nowhere; that it was taken care of shows in the news being told again.
        await eventually(() => team.world.bus.told.slice(told).some(({ data }) => isAbout(data, record.key)));
        await eventually(() => team.landed(record.key));
        return;
      }
      case 'give':
        await team.give();
        belief.expectGiven(await heldBy(team));
        return;
      case 'membership':
      case 'activity':
      case 'presence':
      case 'policy':
      case 'giving':
        await team.change(operation);
        await eventually(() => team.settled());
        belief.group = team.group;
        belief.release();
        return;
      default:
        for (const record of await team.act(operation)) expectAsBelieved(belief, record);
    }
  }
}

async function heldBy(team: Team): Promise<ReadonlyMap<string, Held>> {
  const held = new Map<string, Held>();
  for (const id of team.conversationIds) {
    const last = (await logOf(team, id)).at(-1);
    if (last) held.set(id, { owner: last.after.ownerId as Who | null, seq: last.seq });
  }
  return held;
}

const isAbout = (data: unknown, messageId: string): boolean =>
  typeof data === 'object' && data !== null && 'event' in data
    ? isAbout(data.event, messageId)
    : typeof data === 'object' && data !== null && 'messageId' in data && data.messageId === messageId;

describe('one thing after the other', () => {
  let world: World;
  let endGiving: () => Promise<void>;
  beforeAll(async () => {
    world = await startWorld();
    endGiving = await giveByHand(world);
  }, 60_000);
  afterAll(async () => {
    await endGiving();
    await world.stop();
  });

  it('every answer, every log, every list and every count is what the model says', async () => {
    const { seed, numRuns } = runSettings('model, sequential', 40);
    await fc.assert(
      fc.asyncProperty(
        beginning,
        fc.commands([operation.map((one) => new Doing(one))], { maxCommands: 40, size: 'max' }),
        async (first, commands) => {
          const team = await Team.at(world);
          for (const one of first) await team.change(one);
          const belief = new Belief();
          belief.group = team.group;
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
