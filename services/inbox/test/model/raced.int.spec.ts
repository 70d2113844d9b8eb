import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@partyline/testing';
import fc from 'fast-check';
import { ReturnStranded } from '../../src/application/upkeep/return-stranded.js';
import { startWorld, type World } from '../support/inbox-service.js';
import { mayOwn, type Who } from './conversation-model.js';
import { giveByHand } from './give-by-hand.js';
import { describeHistory } from './history.js';
import { expectShownAsLogged, logOf } from './log-checks.js';
import {
  beginning,
  customerOperation,
  officeOperation,
  PEOPLE,
  personOperation,
  type CustomerOperation,
  type OfficeOperation,
  type PersonOperation,
} from './operations.js';
import { runSettings } from './run-settings.js';
import { Team } from './team.js';
import { faultsOf } from './valid-order.js';

/** What each does, one thing after the other, while all the others do theirs. */
interface Race {
  readonly people: readonly (readonly PersonOperation[])[];
  readonly customers: readonly CustomerOperation[];
  readonly office: readonly OfficeOperation[];
  readonly first: readonly OfficeOperation[];
  /** How often the inbox looks at what waits. */
  readonly looks: number;
}

const race: fc.Arbitrary<Race> = fc.record(
  {
    people: fc.tuple(
      ...PEOPLE.flatMap((who) =>
        // Ben and Cleo have two windows open each: a person can be quicker than himself, too.
        (who === 'ben' || who === 'cleo' ? [who, who] : [who]).map((one: Who) =>
          fc.array(personOperation(fc.constant(one)), { maxLength: 12, size: 'max' }),
        ),
      ),
    ),
    customers: fc.array(customerOperation, { maxLength: 10, size: 'max' }),
    office: fc.array(officeOperation, { maxLength: 3 }),
    first: beginning,
    looks: fc.integer({ min: 0, max: 12 }),
  },
  { noNullPrototype: true },
);

async function run(team: Team, { people, customers, office, first, looks }: Race): Promise<void> {
  const inTurn = async <T>(all: readonly T[], act: (one: T) => Promise<unknown>) => {
    for (const one of all) await act(one);
  };
  for (const one of first) await team.change(one);
  await team.text({ kind: 'inbound', contact: 0, word: 'hello' });
  await Promise.all([
    ...people.map((operations) => inTurn(operations, (one) => team.act(one))),
    inTurn(customers, (one) => team.text(one)),
    inTurn(office, (one) => team.change(one)),
    inTurn(Array.from({ length: looks }), () => team.give()),
  ]);
}

/** Until every text has landed and nothing is on its way any more. */
async function quiet(team: Team): Promise<void> {
  const texts = team.history.records.filter(({ call }) => call.kind === 'inbound');
  await eventually(async () => {
    for (const { key } of texts) if (!(await team.landed(key))) return false;
    return true;
  });
  // What a minute's sweep would find: an assignment may have met a change of the group half way.
  await team.world.service.app.get(ReturnStranded).execute(team.company.tenantId, 'co_test');
  await eventually(async () => {
    const { tenantId } = team.company;
    const left = await team.world.database.timeline.countDocuments({
      tenantId,
      unpublished: { $exists: true },
    });
    return left === 0 && (await team.settled());
  });
}

describe('all at once', () => {
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

  it('there is an order in which the model gives every answer that was given', async () => {
    const { seed, numRuns } = runSettings('model, raced', 30);
    await fc.assert(
      fc.asyncProperty(race, async (raced) => {
        const team = await Team.at(world);
        await run(team, raced);
        await quiet(team);
        await expectShownAsLogged(team);
        for (const id of team.conversationIds) {
          const log = await logOf(team, id);
          const faults = faultsOf(team.history, log, id);
          if (faults.length > 0)
            throw new Error(`${faults.join('\n')}\n\nThe history:\n${describeHistory(team.history)}`);
          const last = log.at(-1)?.after.ownerId ?? null;
          if (last !== null) expect(mayOwn(last as Who, team.group)).toBe(true);
          expectLastWordStands(team, id, await world.database.conversations.findOne({ _id: id }));
        }
      }),
      // The same race need not end the same again, so there is no smaller one to be looked for.
      { seed, numRuns, endOnFailure: true, interruptAfterTimeLimit: numRuns * 2_000 },
    );
  }, 600_000);
});

function expectLastWordStands(
  team: Team,
  id: string,
  document: { optedOut: readonly string[] } | null,
): void {
  const words = team.history.records.flatMap(({ call, conversationId }) =>
    conversationId === id && call.kind === 'inbound' && call.word !== 'hello' ? [call] : [],
  );
  const texts = [...new Map(words.map((call) => [call.text, call.word])).values()];
  expect((document?.optedOut.length ?? 0) > 0).toBe(texts.at(-1) === 'STOP');
}
