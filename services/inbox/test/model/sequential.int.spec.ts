import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@partyline/testing';
import fc from 'fast-check';
import { startWorld, type World } from '../support/inbox-service.js';
import { Belief, expectAsBelieved } from './belief.js';
import { expectShownAsLogged } from './log-checks.js';
import { operation, type Operation } from './operations.js';
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
      case 'membership':
      case 'activity':
      case 'policy':
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
