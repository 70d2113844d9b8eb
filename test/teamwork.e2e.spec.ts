import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { InboxMember } from '@partyline/contracts';
import type { Browser, Page } from 'playwright-core';
import { DESK, findChromium, launch, PHONE, windowOf } from './support/browser.js';
import { sendUntilAccepted, simulatorText } from './support/carrier.js';
import { eventually } from './support/eventually.js';
import { describeWith } from './support/optional.js';
import { Partyline } from './support/partyline.js';
import { Person } from './support/person.js';

const SUPPORT_NUMBER = '+12125550101';
/** Of the inbox that assigns nothing by itself, whatever was set up for Support. */
const SALES_NUMBER = '+12125550102';
const CUSTOMER = '+12125557001';
const SHOWN = '(212) 555-7001';
/** A picture of one point. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface PhoneThread {
  readonly texts: readonly { readonly media: readonly { readonly url: string }[] }[];
}

describeWith(findChromium(), 'needs Chromium (CHROME_PATH)', 'two people at one inbox', (chromium) => {
  let partyline: Partyline;
  let browser: Browser;
  let ada: Page;
  let ben: Page;
  const text = (words: string) =>
    sendUntilAccepted(partyline.hooksUrl, simulatorText(CUSTOMER, SUPPORT_NUMBER, words));
  const row = (page: Page) =>
    page.getByRole('region', { name: 'Conversations' }).getByRole('link', { name: SHOWN });
  const open = async (page: Page) => {
    await page.getByRole('link', { name: /^Support/ }).click();
    await row(page).click();
    await page.getByRole('heading', { name: SHOWN }).first().waitFor();
  };
  const action = (page: Page, name: string) =>
    page.getByRole('group', { name: 'Actions' }).getByRole('button', { name });

  beforeAll(async () => {
    partyline = await Partyline.start();
    browser = await launch(chromium);
    ({ page: ada } = await windowOf(browser, partyline.url, 'ada@example.com', DESK));
    ({ page: ben } = await windowOf(browser, partyline.url, 'ben@example.com', DESK));
    await text('Is my order in?');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await partyline?.stop();
  }, 60_000);

  it('see each other: who looks and who types, in the thread and in the list', async () => {
    await open(ben);
    await ada.getByRole('link', { name: /^Support/ }).click();
    // Before she opens it, the list tells her that he is there.
    await row(ada).getByText('Ben').waitFor();
    const admin = await Person.signIn(partyline.url, 'ada@example.com');
    await admin.request('PATCH', '/me', { availability: 'away' });
    await eventually('her absence is known to the inbox', async () => {
      const { body } = await admin.request<InboxMember[]>('GET', '/inboxes/department-support/members');
      return body.some(({ id, availability }) => id === 'ada' && availability === 'away');
    });
    await open(ada);
    await ada.locator('#thread').getByText('Ben is looking at this').waitFor();
    await ben.locator('#thread').getByText('Ada (away) is looking at this').waitFor();
    await ben.getByRole('textbox', { name: 'Reply' }).pressSequentially('Hel');
    await ada.locator('#thread').getByText('Ben is typing').waitFor();
    await ada.getByRole('link', { name: /^Sales/ }).click();
    await ben.locator('#thread').getByText('is looking at this').waitFor({ state: 'detached' });
    await admin.request('PATCH', '/me', { availability: 'available' });
  }, 120_000);

  it('are warned before they send what a new text has overtaken, and send when they know', async () => {
    const box = ben.getByRole('textbox', { name: 'Reply' });
    await box.fill('It will be in on Friday.');
    await text('Never mind, I found it!');
    await ben.getByText('Never mind, I found it!').first().waitFor();
    await ben.getByRole('button', { name: 'Assign & send' }).click();
    await ben.getByText(/Since you began to write, .* wrote again/).waitFor();
    expect(await box.inputValue()).toBe('It will be in on Friday.');
    await box.fill('Glad to hear that.');
    await ben.getByRole('button', { name: 'Send anyway' }).click();
    await ben.getByLabel('Messages').getByText('Glad to hear that.').waitFor();
    await eventually('the box is empty', async () => (await box.inputValue()) === '');
  }, 120_000);

  it('snooze what can wait: it leaves the list, stands under Snoozed, and comes back with the next text', async () => {
    await ben.keyboard.press('Escape');
    await action(ben, 'Snooze…').click();
    await ben.getByRole('dialog').getByRole('button', { name: 'Until the customer writes' }).click();
    await row(ben).waitFor({ state: 'detached' });
    await ben.getByRole('link', { name: /^Snoozed/ }).click();
    await row(ben).click();
    await ben.getByText('You snoozed this until the customer writes').waitFor();
    await action(ben, 'Wake now').waitFor();
    await text('One more thing');
    await row(ben).waitFor({ state: 'detached' });
    await ben.getByRole('link', { name: /^Open/ }).click();
    await row(ben).waitFor();
    await open(ben);
    await ben.getByText('Back in the list: the customer wrote').waitFor();
  }, 120_000);

  it('snooze on a phone, to a time of their own choice, and wake it by hand', async () => {
    const { page } = await windowOf(browser, partyline.url, 'ben@example.com', PHONE);
    await page.getByRole('region', { name: 'Conversations' }).waitFor();
    await page.goto(ben.url());
    await action(page, 'Snooze…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Another time').fill('2020-01-01T09:00');
    await dialog.getByRole('button', { name: 'Snooze', exact: true }).click();
    await dialog.getByText('Choose a time that is yet to come.').waitFor();
    await dialog.getByRole('button', { name: /^Tomorrow morning/ }).click();
    await ben
      .getByText(/You snoozed this until/)
      .last()
      .waitFor();
    await action(ben, 'Wake now').click();
    await ben.getByText('You ended the snooze').waitFor();
    await page.context().close();
  }, 120_000);

  it('tag what they want to find again: a colleague sees it at once, and so does who filters by it', async () => {
    const admin = await Person.signIn(partyline.url, 'ada@example.com');
    const made = await admin.request('POST', '/admin/tags', { name: 'Refund', colour: 'orange' });
    expect(made.status).toBe(201);
    await ben.reload();
    await open(ben);
    await ada.goto(ben.url());
    await ada.getByRole('button', { name: /^Others/ }).click();
    await row(ada).waitFor();
    await ben.locator('#thread').getByRole('button', { name: 'Tags' }).click();
    await ben.getByRole('searchbox', { name: 'Find a tag' }).fill('ref');
    await ben.getByRole('option', { name: 'Refund' }).click();
    await ben.getByRole('option', { name: 'Refund', selected: true }).waitFor();
    await ben.getByRole('searchbox', { name: 'Find a tag' }).fill('');
    await ben.keyboard.press('Escape');
    await ben.getByRole('dialog').waitFor({ state: 'detached' });
    await ada.locator('#thread').getByText('Ben Ortiz tagged this Refund').waitFor();
    await row(ada).getByText('Refund').waitFor();
    await ada.getByRole('button', { name: 'Filter by tag' }).click();
    await ada.getByRole('menuitem', { name: 'Refund' }).click();
    await ada.getByText('Show all').waitFor();
    await row(ada).waitFor();
    // What loses the tag leaves the list that shows only what has it.
    await ben.locator('#thread').getByRole('button', { name: 'Tags' }).click();
    await ben.getByRole('option', { name: 'Refund' }).click();
    await ben.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await row(ada).waitFor({ state: 'detached' });
    await ada.getByRole('button', { name: 'Show all' }).click();
    await row(ada).waitFor();
  }, 120_000);

  it('change many conversations at once, and are told why of those that they may not', async () => {
    const customers = ['(212) 555-7002', '(212) 555-7003'];
    for (const customer of ['+12125557002', '+12125557003']) {
      await sendUntilAccepted(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'Are you open?'));
    }
    const select = async (page: Page) => {
      await page.getByRole('link', { name: /^Support/ }).click();
      await page.getByRole('button', { name: 'Select conversations' }).click();
      for (const name of customers) await page.getByRole('checkbox', { name }).check();
      return page.getByRole('group', { name: 'With the selected conversations' });
    };
    const adas = await select(ada);
    await adas.getByText('2 selected').waitFor();
    await adas.getByRole('button', { name: 'Assign to Me' }).click();
    await ada.getByText('2 assigned to you.').first().waitFor();
    await adas.waitFor({ state: 'detached' });

    await ben.getByRole('button', { name: /^Others/ }).click();
    const bens = await select(ben);
    await bens.getByRole('button', { name: 'Mark as Done' }).click();
    await ben
      .getByText(/^2 not: .*Ada/)
      .first()
      .waitFor();
    await bens.getByText('2 selected').waitFor();
    await bens.getByRole('button', { name: 'Cancel' }).click();
    await open(ben);

    await (await select(ada)).getByRole('button', { name: 'Mark as Done' }).click();
    await ada.getByText('2 marked as done.').first().waitFor();
    for (const name of customers) await ada.getByRole('link', { name }).waitFor({ state: 'detached' });
  }, 120_000);

  it('lose what is open to Unassigned when out of office, and it is given to who is there, as the Admin set it', async () => {
    await ada.goto(`${partyline.url}/admin/inboxes`);
    // Not check(): it looks at the box at once, and the box follows the answer.
    await ada.getByLabel('Support: conversations of who is out of office go back to Unassigned').click();
    await ben.getByRole('button', { name: /account menu$/ }).click();
    await ben.getByRole('menuitem', { name: 'Out of office' }).click();
    await ben.getByText('Back in the inbox: you are out of office').waitFor();
    await ada.getByLabel('Who gets new conversations of Support').selectOption('Members in turn');
    await ben.getByText(/^Partyline assigned this to (Ada|Cleo|Dev)/).waitFor();
    const limit = ada.getByLabel('Open conversations at once for each member of Support');
    await limit.fill('3');
    await limit.press('Enter');
    await ada.reload();
    await limit.waitFor();
    expect(await limit.inputValue()).toBe('3');
    await ada.getByRole('link', { name: 'People and roles' }).click();
    const bens = ada.getByLabel(/^Availability of Ben/);
    expect(await bens.inputValue()).toBe('out_of_office');
    await bens.selectOption('Available');
    await ben.reload();
    await ben.getByRole('button', { name: /, Available, account menu$/ }).click();
    await ben.getByRole('menuitem', { name: 'Not there until…' }).click();
    await ben.getByLabel('Available again from').fill('2036-01-01T09:00');
    await ben.getByRole('button', { name: 'Set', exact: true }).click();
    await ben.getByText(/at most a year from now/).waitFor();
    await ben.getByRole('button', { name: /, Available, account menu$/ }).waitFor();
  }, 120_000);

  it('send pictures: on the phone and with colleagues it is the same picture, and what is none is refused', async () => {
    const customer = '+12125557044';
    const asked = simulatorText(customer, SALES_NUMBER, 'Can you show me?');
    await sendUntilAccepted(partyline.hooksUrl, asked);
    for (const page of [ada, ben]) {
      await page.goto(partyline.url);
      await page.getByRole('link', { name: /^Sales/ }).click();
      await page.getByRole('link', { name: '(212) 555-7044' }).click();
    }
    const choose = ada.locator('input[type=file]');
    await choose.setInputFiles({ name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<html>') });
    await ada.getByRole('button', { name: /^Try page.png again: This file is of a kind/ }).waitFor();
    expect(await ada.getByRole('button', { name: 'Assign & send' }).isEnabled()).toBe(false);
    await ada.getByRole('button', { name: 'Remove page.png' }).click();
    await choose.setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: DOT });
    await ada.getByRole('button', { name: 'Remove dot.png' }).waitFor();
    await ada.getByRole('button', { name: 'Assign & send' }).click();
    await ada.getByRole('button', { name: 'Remove dot.png' }).waitFor({ state: 'detached' });
    const thread = `/simulator/api/threads/${encodeURIComponent(SALES_NUMBER)}?phone=${encodeURIComponent(customer)}`;
    const onThePhone = await eventually('the picture on the phone', async () => {
      const { texts } = (await (await fetch(partyline.url + thread)).json()) as PhoneThread;
      return texts.at(-1)?.media[0]?.url;
    });
    const shown = await fetch(partyline.url + onThePhone);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(DOT);
    const sent = ben.getByRole('img', { name: 'From Ada Lovelace' }).last();
    await eventually('the picture before Ben', () =>
      sent.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth === 1),
    );
  }, 60_000);

  it('note that a customer wants no texts: nobody can write to them, from whichever page', async () => {
    const customer = '+12125557045';
    await sendUntilAccepted(partyline.hooksUrl, simulatorText(customer, SALES_NUMBER, 'Please call me'));
    await ben.goto(partyline.url);
    await ben.getByRole('link', { name: /^Sales/ }).click();
    await ben.getByRole('link', { name: '(212) 555-7045' }).click();
    await ben.getByRole('textbox', { name: 'Reply' }).fill('We will');
    await ada.goto(`${partyline.url}/admin/opt-outs`);
    await ada.getByRole('button', { name: 'Note one' }).click();
    await ada.getByLabel('The customer’s number').fill('(212) 555-7045');
    await ada.getByRole('button', { name: 'Save', exact: true }).click();
    await ada
      .getByRole('row')
      .filter({ hasText: '(212) 555-7045' })
      .first()
      .getByText('Noted by Ada')
      .waitFor();
    await ben.getByText('This customer opted out of texts from this number.').waitFor();
    await ben.getByText('Your draft is kept.').waitFor();
    await ben.getByText('Ada Lovelace noted that the customer opted out').waitFor();
  }, 60_000);

  it('decide what customers are told who write STOP: everybody sees that it was sent', async () => {
    const customer = '+12125557059';
    const own = 'Demo Company: you will hear no more from us here. START brings us back.';
    await ada.goto(`${partyline.url}/admin/opt-outs`);
    await ada.getByRole('textbox', { name: 'To STOP' }).fill(own);
    await ada.getByRole('button', { name: 'Save answers' }).click();
    await ada.getByText('The answers are changed').waitFor({ state: 'attached' });
    await sendUntilAccepted(partyline.hooksUrl, simulatorText(customer, SALES_NUMBER, 'Hello'));
    await ben.goto(partyline.url);
    await ben.getByRole('link', { name: /^Sales/ }).click();
    await ben.getByRole('link', { name: '(212) 555-7059' }).click();
    await sendUntilAccepted(partyline.hooksUrl, simulatorText(customer, SALES_NUMBER, 'Stop'));
    await ben.getByText(own).last().waitFor();
    await ben.getByText('Delivered').waitFor();
    await ben.getByText('This customer opted out of texts from this number.').waitFor();
  }, 60_000);

  it('keep their carrier accounts: a secret is changed with both values counting, a refusal says what is missing', async () => {
    await ada.goto(`${partyline.url}/admin/carriers`);
    const twilio = ada.getByRole('listitem').filter({ hasText: 'Twilio (demo)' });
    await twilio.getByRole('button', { name: 'Secrets' }).click();
    await ada.getByLabel('New value of Auth Token').fill('the next token');
    await ada.getByRole('button', { name: 'Accept it, too' }).click();
    await ada.getByText('Two values count').waitFor();
    await ada.getByRole('button', { name: 'Retire the second value' }).click();
    await ada.getByText('One value').waitFor();
    await ada.keyboard.press('Escape');
    await ada.getByRole('button', { name: 'Add an account' }).click();
    const dialog = ada.getByRole('dialog');
    const field = (label: string) => dialog.getByLabel(label, { exact: true });
    await dialog.getByRole('combobox', { name: 'Carrier', exact: true }).selectOption('Twilio');
    await field('Name').fill('Main');
    await field('Account SID').fill('not a SID');
    await field('Auth Token').fill('a token of a test');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'accountSid' }).waitFor();
    await field('Account SID').fill(`AC${'0'.repeat(32)}`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await ada.getByLabel('Webhook address of Main').filter({ hasText: '/hooks/twilio/' }).waitFor();
  }, 60_000);

  it('teach Partyline a carrier it does not know: the mapping is tried out on what the carrier sent', async () => {
    await ada.goto(`${partyline.url}/admin/carriers`);
    await ada.getByRole('button', { name: 'Add an account' }).click();
    const dialog = ada.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Carrier', exact: true }).selectOption('generic');
    const mapping = dialog.getByLabel('Mapping');
    const body = dialog.getByLabel('Body of a webhook, as it came');
    await body.fill('{"sender":"+13105550142","receiver":"+12125550101","body":"Hi from afar"}');
    await mapping.fill('{"from":"sender"');
    await dialog.getByRole('button', { name: 'Try it' }).click();
    await dialog.getByText('The mapping cannot be used').waitFor();
    await mapping.fill(
      JSON.stringify({
        from: 'sender',
        to: 'receiver',
        text: 'body',
        send: { url: 'https://api.example.com/send', fields: { to: '{to}', text: '{text}' }, id: 'id' },
      }),
    );
    await dialog.getByRole('button', { name: 'Try it' }).click();
    await dialog.getByText('A text from +13105550142 to +12125550101').waitFor();
    await dialog.getByText('Hi from afar', { exact: true }).waitFor();
  }, 60_000);

  it('see what a text will cost, and the Admin what all of them did, once the prices are told', async () => {
    await ada.goto(`${partyline.url}/admin/carriers`);
    const simulator = ada.getByRole('listitem').filter({ hasText: 'Phone simulator' });
    await simulator.getByRole('button', { name: 'Edit' }).click();
    const dialog = ada.getByRole('dialog');
    const usual = dialog.getByRole('group', { name: 'Prices (optional)' });
    await usual.getByLabel('Currency').fill('usd');
    await usual.getByLabel('SMS, per segment').fill('0,0079');
    await dialog.getByRole('button', { name: 'Other prices for a country' }).click();
    const place = dialog.getByRole('group', { name: 'Prices for a place' });
    await place.getByLabel('To').fill('xx');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').filter({ hasText: '"XX" is no country' }).waitFor();
    await dialog.getByRole('button', { name: 'Remove the prices for xx' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    const peer = '+12125557046';
    await sendUntilAccepted(partyline.hooksUrl, simulatorText(peer, SALES_NUMBER, 'What is it?'));
    await ben.goto(partyline.url);
    await ben.getByRole('link', { name: /^Sales/ }).click();
    await ben
      .getByRole('region', { name: 'Conversations' })
      .getByRole('link', { name: '(212) 555-7046' })
      .click();
    await ben.getByLabel('Messages').getByText('What is it?').waitFor();
    const box = ben.getByRole('textbox', { name: 'Reply' });
    await box.fill('a'.repeat(161));
    await ben.getByText(/^2 segments, about (US)?\$0\.0158 · 161\/306 GSM-7$/).waitFor();
    await ben.getByRole('button', { name: 'Assign & send' }).click();
    await ben.getByLabel('Messages').getByText('a'.repeat(161)).waitFor();
    await eventually('the Admin sees what it cost', async () => {
      // What left before the prices had got around has none.
      await box.fill('b');
      await ben.getByRole('button', { name: 'Send', exact: true }).click();
      await ada.reload();
      await simulator.getByText('sent in 24 hours').waitFor();
      return (await simulator.getByText(/sent in 24 hours .* about (US)?\$0\.\d+/).count()) === 1;
    });
  }, 120_000);
});
