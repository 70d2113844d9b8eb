import { accessSync, constants } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const PATHS = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium of this machine, or null. `npm test` installs one where it may. */
export function findChromium(): string | null {
  for (const path of PATHS) {
    try {
      if (path) {
        accessSync(path, constants.X_OK);
        return path;
      }
    } catch {
      // Not this one.
    }
  }
  return null;
}

/** Without the background traffic of a browser: the tests talk to loopback only. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const DESK = { viewport: { width: 1440, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A window of one person, signed in through the sign-in screen. */
export async function windowOf(
  browser: Browser,
  url: string,
  email: string,
  device: Parameters<Browser['newContext']>[0] = DESK,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext(device);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill('partyline');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  return { page, context };
}
