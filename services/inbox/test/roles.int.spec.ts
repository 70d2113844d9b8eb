import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AddNote,
  ClaimConversation,
  GetConversation,
  ListAudit,
  ReplyToConversation,
  type Permission,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { Company } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
}, 60_000);
afterAll(() => world.stop());

/** Gives ben a custom role, as the gateway publishes it. */
const giveBen = (...permissions: Permission[]) =>
  world.bus.user(company.tenantId, 'ben', 'member', { roleId: 'ro_custom', permissions });

describe('a custom role', () => {
  it('is enforced by the service itself, and from the moment that it hears of a change', async () => {
    const conversationId = await company.newConversation();
    const reply = { conversationId, clientMessageId: newId('cm'), text: 'hi', media: [], claim: false };
    await giveBen('view', 'note');
    await eventually(async () => {
      const { allowed } = await company.view('ben', conversationId);
      expect(allowed.assignToMe).toBe('Your role does not allow you to take conversations.');
    });
    const refusals = await Promise.all([
      company.command('ben', ClaimConversation, { conversationId }),
      company.command('ben', ReplyToConversation, { ...reply, claim: true }),
      company.ask('ben', ListAudit, { limit: 10 }),
    ]);
    expect(refusals.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual(
      refusals.map(() => 'FORBIDDEN'),
    );
    expect((await company.command('ben', AddNote, { conversationId, text: 'seen' })).ok).toBe(true);
    expect((await company.view('ada', conversationId)).owner).toBeNull();

    await giveBen('view', 'claim', 'reply');
    await eventually(async () =>
      expect((await company.view('ben', conversationId)).allowed.assignToMe).toBe(true),
    );
    expect((await company.command('ben', ClaimConversation, { conversationId })).ok).toBe(true);
    expect((await company.command('ben', ReplyToConversation, reply)).ok).toBe(true);
    expect(await company.command('ben', AddNote, { conversationId, text: 'no' })).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
  });

  it('that may not view any more hides everything, and what they owned goes back to Unassigned', async () => {
    const conversationId = await company.newConversation();
    await giveBen('view', 'claim', 'reply');
    await eventually(async () =>
      expect((await company.command('ben', ClaimConversation, { conversationId })).ok).toBe(true),
    );
    await giveBen('reply', 'claim');
    await eventually(async () =>
      expect(await company.ask('ben', GetConversation, { conversationId })).toMatchObject({
        ok: false,
        error: { code: 'NOT_FOUND' },
      }),
    );
    await eventually(async () => expect((await company.view('ada', conversationId)).owner).toBeNull());
  });
});
