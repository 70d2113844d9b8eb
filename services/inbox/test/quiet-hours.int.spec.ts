import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ChangeQuietHours, GetContactTime, GetQuietHours, USUAL_QUIET_HOURS } from '@partyline/contracts';
import { Company } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
}, 60_000);
afterAll(() => world.stop());

const NEW_YORK = '+12125557001';
const timeOf = (...numbers: string[]) => company.get('ben', GetContactTime, { numbers });
const set = (hours: { from: string; to: string } | null) => company.get('ada', ChangeQuietHours, { hours });
/** What a clock in New York shows so many minutes from now. */
const inNewYork = (minutes: number) =>
  new Date(Date.now() + minutes * 60_000).toLocaleTimeString('en-GB', {
    timeZone: 'America/New_York',
    hour: '2-digit',
    minute: '2-digit',
  });

it('tells everybody until when it is quiet where a number is, by the hours of the company', async () => {
  await set({ from: inNewYork(-60), to: inNewYork(60) });
  const now = await timeOf(NEW_YORK);
  expect(now.timeZones).toEqual(['America/New_York']);
  expect(Date.parse(now.quiet?.from ?? '')).toBeLessThan(Date.now());
  expect(Date.parse(now.quiet?.until ?? '')).toBeGreaterThan(Date.now());
  await set({ from: inNewYork(60), to: inNewYork(120) });
  expect(Date.parse((await timeOf(NEW_YORK)).quiet?.from ?? '')).toBeGreaterThan(Date.now());
});

it('looks at every number of a group, and tells nothing of what is nowhere', async () => {
  await set(USUAL_QUIET_HOURS);
  expect((await timeOf(NEW_YORK, '+13105550142')).timeZones).toEqual([
    'America/New_York',
    'America/Los_Angeles',
  ]);
  for (const nowhere of ['72345', 'MyBank', '+18005550123']) {
    expect(await timeOf(nowhere)).toEqual({ timeZones: [], quiet: null });
  }
});

it('are the usual ones until an Admin chooses others, or none', async () => {
  const other = await Company.found(world.bus);
  expect(await other.get('ada', GetQuietHours, {})).toEqual({ hours: USUAL_QUIET_HOURS });
  await other.get('ada', ChangeQuietHours, { hours: null });
  expect(await other.get('ada', GetQuietHours, {})).toEqual({ hours: null });
  expect(await other.get('ben', GetContactTime, { numbers: [NEW_YORK] })).toEqual({
    timeZones: ['America/New_York'],
    quiet: null,
  });
});

it('are nothing that a Member can change', async () => {
  const refused = { ok: false, error: { code: 'FORBIDDEN' } };
  expect(await company.ask('ben', ChangeQuietHours, { hours: null })).toMatchObject(refused);
  expect(await company.ask('ben', GetQuietHours, {})).toMatchObject(refused);
});
