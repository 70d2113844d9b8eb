import { Lease } from '@partyline/mongo';
import { eventually } from '@partyline/testing';
import type { World } from '../support/inbox-service.js';

/**
 * From here on the inbox gives conversations to people only when the test has it look, because the test holds the lease
 * of that sweep. Resolves, when it is held, with what ends it.
 */
export async function giveByHand(world: World): Promise<() => Promise<void>> {
  const lease = world.service.app.get(Lease);
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let holding: Promise<unknown> = Promise.resolve();
  await eventually(async () => {
    const held = new Promise<boolean>((resolve) => {
      holding = lease
        .runExclusively('sweep:assign-waiting', 60_000, () => {
          resolve(true);
          return ended;
        })
        .then(() => resolve(false));
    });
    return held;
  });
  return async () => {
    end();
    await holding;
  };
}
