import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { AuditItem } from '@partyline/contracts';
import type { Browser, Page } from 'playwright-core';
import { DESK, findChromium, launch, PHONE, windowOf } from './support/browser.js';
import { eventually } from './support/eventually.js';
import { describeWith } from './support/optional.js';
import { Partyline } from './support/partyline.js';
import { Person } from './support/person.js';

describeWith(findChromium(), 'needs Chromium (CHROME_PATH)', 'the audit trail on the screen', (chromium) => {
  let partyline: Partyline;
  let browser: Browser;
  const trail = async (device = DESK): Promise<Page> => {
    const { page } = await windowOf(browser, partyline.url, 'ada@example.com', device);
    await page.getByRole('region', { name: 'Conversations' }).waitFor();
    await page.goto(`${partyline.url}/admin/audit`);
    await page.getByRole('heading', { name: 'Audit trail' }).waitFor();
    return page;
  };

  beforeAll(async () => {
    partyline = await Partyline.start();
    browser = await launch(chromium);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await partyline?.stop();
  }, 60_000);

  it('tells who took which file and how much of it, and who set up what', async () => {
    const page = await trail();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Conversations as NDJSON' }).click(),
    ]);
    const rows = await eventually('the file', async () => {
      const lines: string[] = [];
      for await (const chunk of await file.createReadStream()) lines.push(String(chunk));
      return lines.join('').trimEnd().split('\n').length;
    });
    const admin = await Person.signIn(partyline.url, 'ada@example.com');
    await eventually('the end of the export', async () => {
      const { body } = await admin.request<{ items: AuditItem[] }>('GET', '/admin/audit?type=export.made');
      return body.items[0]?.data['outcome'] === 'done';
    });
    await page.getByLabel('Kind').selectOption({ label: 'Exported' });
    const row = page.getByRole('row').filter({ hasText: 'conversations.ndjson' }).first();
    await row.getByText(`${rows} row`).waitFor();
    expect(await row.getByRole('rowheader').textContent()).toBe('Ada Lovelace');

    await admin.request('PATCH', '/admin/users/ben', { availability: 'away' });
    await page.getByLabel('Kind').selectOption({ label: 'Changed a person' });
    await page
      .getByRole('row')
      .filter({ hasText: 'Changed a person' })
      .getByText('ben, availability: away')
      .waitFor();
    await page.context().close();
  }, 120_000);

  it('fits a phone', async () => {
    const page = await trail(PHONE);
    await page.getByLabel('Kind').selectOption({ label: 'Exported' });
    await page.getByRole('row').filter({ hasText: 'conversations.ndjson' }).first().waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.viewport.width);
    await page.context().close();
  }, 120_000);
});
