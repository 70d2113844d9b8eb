// @ts-check
import { relative } from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * @param {object} about
 * @param {boolean} about.demo
 * @param {string} about.dataDir
 * @param {boolean} about.usual the data folder is the one that `npx partyline` looks in by itself
 * @param {{ app: string, hooks: string }} about.urls
 * @returns {string[]} what a newcomer needs, the address last
 */
export function welcome({ demo, dataDir, usual, urls }) {
  const data = relative(ROOT, dataDir).startsWith('..') ? dataDir : relative(ROOT, dataDir);
  const setting = usual ? '' : `PARTYLINE_DATA=${data} `;
  const demoLines = [
    '',
    'Sign in as ada@example.com (Admin), ben@example.com, cleo@example.com or dev@example.com',
    'with the password partyline.',
    `Text a demo number:  ${setting}npx partyline text "+12125550101" "hello"`,
    `or with the phone simulator:  ${urls.app}/simulator`,
  ];
  return [
    ...(demo ? demoLines : []),
    `Carriers' webhooks arrive at ${urls.hooks}/hooks. Data and logs are in ${data}. Ctrl-C stops all.`,
    `Partyline is ready: ${urls.app}`,
  ];
}
