import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { DESK, findChromium, launch, PHONE, windowOf } from './support/browser.js';
import { sendUntilAccepted, simulatorText } from './support/carrier.js';
import { eventually } from './support/eventually.js';
import { describeWith } from './support/optional.js';
import { Partyline } from './support/partyline.js';
import { Person } from './support/person.js';

const SALES_NUMBER = '+12125550102';
const NIGHT = /It is \d+:\d\d [AP]M where this contact is \(New York\): quiet hours, until \d+:\d\d [AP]M\./;

/** What a clock in New York shows so many minutes from now. */
const inNewYork = (minutes: number): string =>
  new Date(Date.now() + minutes * 60_000).toLocaleTimeString('en-GB', {
    timeZone: 'America/New_York',
    hour: '2-digit',
    minute: '2-digit',
  });

describeWith(findChromium(), 'needs Chromium (CHROME_PATH)', 'quiet hours', (chromium) => {
  let partyline: Partyline;
  let browser: Browser;
  let admin: Person;
  /** At the list of Sales. */
  const atSales = async (device = DESK): Promise<Page> => {
    const { page } = await windowOf(browser, partyline.url, 'ada@example.com', {
      ...device,
      locale: 'en-US',
    });
    await page.getByRole('region', { name: 'Conversations' }).waitFor();
    await page.goto(`${partyline.url}/inboxes/ring_group-sales`);
    return page;
  };
  const night = (at: Page | Locator) => at.getByRole('alert').filter({ hasText: NIGHT }).waitFor();

  /** Writes first, in the dialog. */
  const start = async (page: Page, to: string) => {
    await page.getByRole('button', { name: 'New conversation' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('To', { exact: true }).fill(to);
    await dialog.getByLabel('Message').fill('Your order is ready.');
    await dialog.getByRole('button', { name: 'Send and take it' }).click();
    return dialog;
  };

  beforeAll(async () => {
    partyline = await Partyline.start();
    browser = await launch(chromium);
    admin = await Person.signIn(partyline.url, 'ada@example.com');
    const hours = { from: inNewYork(-60), to: inNewYork(60) };
    await admin.request('PUT', '/admin/quiet-hours', { hours });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await partyline?.stop();
  }, 60_000);

  it('warn whoever writes first by night, and then whoever goes on, once; it is sent when they say so', async () => {
    const page = await atSales();
    const dialog = await start(page, '(212) 555-7201');
    await night(dialog);
    await dialog.getByRole('button', { name: 'Send anyway' }).click();
    await page.getByRole('log').getByText('Your order is ready.').waitFor();
    await page.getByText(/^\d+:\d\d [AP]M there \(New York\)$/).waitFor();

    const box = page.getByRole('textbox', { name: 'Reply' });
    await box.fill('It is at the counter.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await night(page.locator('#thread'));
    expect(await box.inputValue()).toBe('It is at the counter.');
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await page.getByRole('log').getByText('It is at the counter.').waitFor();
    await box.fill('We close at six.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('log').getByText('We close at six.').waitFor();
    await page.context().close();
  }, 120_000);

  it('warn on a phone just so', async () => {
    const page = await atSales(PHONE);
    const dialog = await start(page, '(212) 555-7202');
    await night(dialog);
    const button = dialog.getByRole('button', { name: 'Send anyway' });
    const seen = await button.boundingBox();
    expect(seen && seen.x + seen.width).toBeLessThanOrEqual(PHONE.viewport.width);
    await button.click();
    await page.getByRole('log').getByText('Your order is ready.').waitFor();
    await page.context().close();
  }, 120_000);

  it('let whoever answers a customer who has just written do so', async () => {
    const customer = '+12125557203';
    await sendUntilAccepted(partyline.hooksUrl, simulatorText(customer, SALES_NUMBER, 'Are you there?'));
    const page = await atSales();
    await page.getByRole('link', { name: '(212) 555-7203' }).click();
    await page.getByRole('log').getByText('Are you there?').waitFor();
    await page.getByText(/there \(New York\)$/).waitFor();
    await page.getByRole('textbox', { name: 'Reply' }).fill('Always.');
    await page.getByRole('button', { name: 'Assign & send' }).click();
    await page.getByRole('log').getByText('Always.').waitFor();
    await page.context().close();
  }, 120_000);

  it('are changed and switched off by an Admin', async () => {
    const page = await atSales();
    await page.goto(`${partyline.url}/admin/inboxes`);
    const card = page.getByRole('region', { name: 'Quiet hours' });
    await card.getByLabel('From').fill('22:30');
    await card.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Quiet hours are changed').waitFor({ state: 'attached' });
    const kept = await admin.request<{ hours: { from: string } }>('GET', '/admin/quiet-hours');
    expect(kept.body.hours.from).toBe('22:30');
    await card.getByLabel('Warn in quiet hours').uncheck();
    await card.getByRole('button', { name: 'Save' }).click();
    await eventually('they are off', async () => {
      const { body } = await admin.request<{ hours: unknown }>('GET', '/admin/quiet-hours');
      return body.hours === null;
    });
    await page.goto(`${partyline.url}/inboxes/ring_group-sales`);
    await start(page, '(212) 555-7204');
    await page.getByRole('log').getByText('Your order is ready.').waitFor();
    await page.context().close();
  }, 120_000);
});
