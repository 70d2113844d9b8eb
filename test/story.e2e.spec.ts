import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { DESK, findChromium, launch, PHONE, windowOf } from './support/browser.js';
import { send, simulatorText, twilioText } from './support/carrier.js';
import { eventually } from './support/eventually.js';
import { describeWith } from './support/optional.js';
import { Partyline } from './support/partyline.js';

const SUPPORT_NUMBER = '+12125550101';

/** +12125556001 as the screens write it. */
const shown = (peer: string) => `(${peer.slice(2, 5)}) ${peer.slice(5, 8)}-${peer.slice(8)}`;

/** What a person does and sees on the screen of the Support inbox. */
class Desk {
  constructor(readonly page: Page) {}

  section(name: 'Unassigned' | 'Assigned to Me' | 'Others'): Locator {
    return this.page.getByRole('region', { name: new RegExp(`^${name}`) });
  }
  row(peer: string): Locator {
    return this.page.getByRole('region', { name: 'Conversations' }).getByRole('link', { name: shown(peer) });
  }
  async open(peer: string): Promise<void> {
    await this.row(peer).click();
    await this.page
      .getByRole('heading', { name: shown(peer) })
      .first()
      .waitFor();
  }
  action(name: string): Locator {
    return this.page.getByRole('group', { name: 'Actions' }).getByRole('button', { name });
  }
  async openSupport(): Promise<void> {
    await this.page.getByRole('link', { name: /^Support/ }).click();
    await this.section('Unassigned').waitFor();
  }
  async showOthers(): Promise<void> {
    const toggle = this.section('Others').getByRole('button', { name: /^Others/ });
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click();
  }
  async say(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Reply' }).fill(text);
    await this.page.keyboard.press('Control+Enter');
  }
  async choose(person: string): Promise<void> {
    await this.page
      .getByRole('dialog')
      .getByRole('option', { name: new RegExp(person) })
      .click();
  }
}

describeWith(findChromium(), 'needs Chromium (CHROME_PATH)', 'a day in the Support inbox', (chromium) => {
  let partyline: Partyline;
  let browser: Browser;
  let ada: Desk;
  let ben: Desk;
  const faults: string[] = [];

  async function deskOf(email: string, device: Parameters<typeof windowOf>[3] = DESK): Promise<Desk> {
    const { page } = await windowOf(browser, partyline.url, email, device);
    page.on('pageerror', (error) => faults.push(`${email}: ${error.message}`));
    await page.getByRole('region', { name: 'Conversations' }).waitFor();
    return new Desk(page);
  }

  beforeAll(async () => {
    partyline = await Partyline.start();
    browser = await launch(chromium);
    ada = await deskOf('ada@example.com');
    ben = await deskOf('ben@example.com');
  }, 300_000);
  beforeEach(async () => {
    await ada.openSupport();
    await ben.openSupport();
  });
  afterAll(async () => {
    await browser?.close();
    await partyline?.stop();
  }, 60_000);

  it('S1-S25: a text is taken, answered, handed over, returned, done and open again, live on two desks', async () => {
    const customer = '+12125556001';

    // S1, S8, S11, S13: it lands in the Shared Inbox, for everybody in it, with a blue badge.
    await send(partyline.hooksUrl, twilioText(customer, SUPPORT_NUMBER, 'Is my order in?'));
    for (const desk of [ada, ben]) {
      await desk
        .section('Unassigned')
        .getByRole('link', { name: shown(customer) })
        .waitFor();
      await desk.row(customer).getByRole('img', { name: 'Unassigned, 1 new' }).waitFor();
    }

    // S4, S14, S18: Assign to Me; a green flag under Assigned to Me, grey for the others (S16).
    await ben.open(customer);
    await ben.action('Assign to Me').click();
    await ben
      .section('Assigned to Me')
      .getByRole('link', { name: shown(customer) })
      .waitFor();
    await ben
      .row(customer)
      .getByRole('img', { name: /^Assigned to you/ })
      .waitFor();
    await ada.showOthers();
    await ada
      .section('Others')
      .getByRole('link', { name: shown(customer) })
      .waitFor();
    await ada.row(customer).getByRole('img', { name: 'Assigned to Ben Ortiz' }).waitFor();

    // S3: the answer reaches the customer, and says so.
    await ben.say('Yes, come and get it.');
    await ben.page.getByText('Delivered').first().waitFor();
    const thread = `${partyline.url}/simulator/api/threads/${encodeURIComponent(SUPPORT_NUMBER)}?phone=${encodeURIComponent(customer)}`;
    expect(await (await fetch(thread)).text()).toContain('Yes, come and get it.');

    // S15: a green badge on mine when I am elsewhere.
    await ben.page.getByRole('link', { name: /^Sales/ }).click();
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'On my way'));
    await ben.page.getByRole('link', { name: /Support.*Assigned to you/ }).waitFor();
    await ben.openSupport();
    await ben.row(customer).getByRole('img', { name: 'Assigned to you, 1 new' }).waitFor();

    // S6, S20, S21: a transfer goes straight to the colleague and never through Unassigned.
    await ben.open(customer);
    await ben.action('Transfer').click();
    await ben.choose('Ada Lovelace');
    await ada
      .section('Assigned to Me')
      .getByRole('link', { name: shown(customer) })
      .waitFor();
    await ben.showOthers();
    await ben.row(customer).getByRole('img', { name: 'Assigned to Ada Lovelace' }).waitFor();

    // S9, S17: Ben may look at Ada's, and not take it.
    await ben.open(customer);
    expect(await ben.action('Assign to Me').getAttribute('aria-disabled')).toBe('true');

    // S22, S23: returned, it is in Unassigned, and somebody else picks it up.
    await ada.open(customer);
    await ada.action('Return to Inbox').click();
    await ben
      .section('Unassigned')
      .getByRole('link', { name: shown(customer) })
      .waitFor();
    await ben.open(customer);
    await ben.action('Assign to Me').click();
    await ben
      .section('Assigned to Me')
      .getByRole('link', { name: shown(customer) })
      .waitFor();

    // S7, S24, S2, S12: done, it is under Done.
    await ben.action('Mark as Done').click();
    await ben.row(customer).waitFor({ state: 'detached' });
    await ben.page.getByRole('group', { name: 'Show' }).getByRole('link', { name: 'Done' }).click();
    await ben.row(customer).waitFor();
    await ben.page.getByRole('group', { name: 'Show' }).getByRole('link', { name: /^Open/ }).click();

    // S25: the customer writes again, and it is open again, for everybody.
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'One more thing'));
    for (const desk of [ada, ben]) {
      await desk
        .section('Unassigned')
        .getByRole('link', { name: shown(customer) })
        .waitFor();
    }
    expect(faults).toEqual([]);
  }, 120_000);

  it('S19: an Admin assigns to anybody in the group', async () => {
    const customer = '+12125556002';
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'for Dev'));
    await ada.row(customer).waitFor();
    await ada.open(customer);
    await ada.action('Assign…').click();
    await ada.choose('Dev Patel');
    await ada.showOthers();
    await ada.row(customer).getByRole('img', { name: 'Assigned to Dev Patel' }).waitFor();
  }, 60_000);

  it('keeps the draft of who comes second, and says who took it', async () => {
    const customer = '+12125556003';
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'first come'));
    await ben.row(customer).waitFor();
    await ben.open(customer);
    await ben.page.getByRole('textbox', { name: 'Reply' }).fill('I can help');
    // Ben's window hears of nothing while Ada takes it.
    await ben.page.context().setOffline(true);
    await ada.open(customer);
    await ada.action('Assign to Me').click();
    await ada
      .section('Assigned to Me')
      .getByRole('link', { name: shown(customer) })
      .waitFor();
    await ben.page.context().setOffline(false);
    await ben.page.getByText('Ada Lovelace is handling this.', { exact: true }).waitFor();
    const kept = await ben.page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    expect(kept).toContain('I can help');
  }, 60_000);

  it('S26-S29: on the phone: Open and Done, transfer, return, done', async () => {
    const phone = await deskOf('cleo@example.com', PHONE);
    const { page } = phone;
    const actions = async (customer: string, name: string) => {
      await page.getByRole('link', { name: shown(customer) }).click();
      await page.getByRole('group', { name: 'Actions' }).getByRole('button', { name }).click();
    };
    const backToList = async () => {
      const back = page.getByRole('link', { name: 'Back to the list' });
      if (await back.isVisible()) await back.click();
      await page.getByRole('region', { name: 'Conversations' }).waitFor();
    };
    const [one, two, three] = ['+12125556011', '+12125556012', '+12125556013'] as const;
    for (const customer of [one, two, three]) {
      await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'from my phone'));
    }
    await page.goto(`${partyline.url}/inboxes/department-support`);
    for (const customer of [one, two, three]) {
      await actions(customer, 'Assign to Me');
      await page
        .getByRole('group', { name: 'Actions' })
        .getByRole('button', { name: 'Mark as Done' })
        .waitFor();
      await backToList();
    }
    await actions(one, 'Transfer');
    await phone.choose('Ben Ortiz');
    await ben
      .section('Assigned to Me')
      .getByRole('link', { name: shown(one) })
      .waitFor();
    await backToList();
    await actions(two, 'Return to Inbox');
    await ben
      .section('Unassigned')
      .getByRole('link', { name: shown(two) })
      .waitFor();
    await backToList();
    await actions(three, 'Mark as Done');
    await backToList();
    await page.getByRole('group', { name: 'Show' }).getByRole('link', { name: 'Done' }).click();
    await page.getByRole('link', { name: shown(three) }).waitFor();
    await page.context().close();
  }, 120_000);

  it('shows at once what happened while the connection was gone, nothing twice', async () => {
    const customer = '+12125556021';
    await ben.page.context().setOffline(true);
    for (const text of ['missed one', 'missed two']) {
      await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, text));
    }
    await ada.row(customer).waitFor();
    await ben.page.context().setOffline(false);
    await ben.row(customer).waitFor();
    await ben.open(customer);
    await ben.page.getByRole('article').filter({ hasText: 'missed two' }).waitFor();
    expect(await ben.page.getByRole('article').allInnerTexts()).toEqual([
      expect.stringContaining('missed one'),
      expect.stringContaining('missed two'),
    ]);
  }, 60_000);

  it('the phone simulator sends a text and shows the reply', async () => {
    const page = await (await browser.newContext(DESK)).newPage();
    await page.goto(`${partyline.url}/simulator`);
    await page.getByRole('button', { name: /^Sales/ }).click();
    await page.getByRole('textbox').last().fill('Do you have a plan for 40?');
    await page.keyboard.press('Enter');
    await ada.page
      .getByRole('link', { name: /^Sales/ })
      .first()
      .click();
    await ada.open('+12125550199');
    // Begun before the text is there, the reply would ask first: it came in since.
    await ada.page.getByRole('log').getByText('Do you have a plan for 40?').waitFor();
    await ada.page.getByRole('textbox', { name: 'Reply' }).fill('We do!');
    await ada.page.getByRole('button', { name: 'Assign & send' }).click();
    await page.getByText('We do!').waitFor();
    await page.context().close();
  }, 60_000);

  it('has no accessibility violation on the desk and in the open picker', async () => {
    const axe = await import('axe-core');
    const check = async (page: Page) => {
      await page.evaluate(axe.default.source);
      return page.evaluate(async () => {
        // A dialog that still fades in is paler than it will be.
        const ending = document
          .getAnimations()
          .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
        await Promise.allSettled(ending.map(({ finished }) => finished));
        const { violations } = await (window as unknown as { axe: typeof axe.default }).axe.run();
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
        );
      });
    };
    const customer = '+12125556031';
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'for everybody'));
    await eventually('the row', () => ada.row(customer).isVisible());
    await ada.open(customer);
    expect(await check(ada.page)).toEqual([]);
    await ada.action('Assign…').click();
    await ada.page.getByRole('dialog').waitFor();
    expect(await check(ada.page)).toEqual([]);
    await ada.page.keyboard.press('Escape');
  }, 60_000);
});
