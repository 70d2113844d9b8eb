// @ts-check
// `npm run bench`: the product beside a floor. `npm run bench -- inbox`: the inbox at growing sizes.
// `npm run bench -- search`: searches among many texts. `npm run bench -- ingest`: webhooks into ingest alone.
// `npm run bench -- streams`: many live streams on one gateway. What they mean: README.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const [first, ...rest] = process.argv.slice(2);
if (first === 'inbox') {
  // It is the inbox service's own: it fills databases by that service's code.
  const inbox = fileURLToPath(new URL('../services/inbox/bench/run.mjs', import.meta.url));
  const [code] = await once(spawn(process.execPath, [inbox, ...rest], { stdio: 'inherit' }), 'exit');
  process.exitCode = code ?? 1;
} else if (first === 'search') {
  await import('./search.mjs');
} else if (first === 'streams') {
  const { main } = await import('./streams.mjs');
  await main(rest);
} else if (first === 'ingest') {
  const { main } = await import('./ingest.mjs');
  await main(rest);
} else {
  const { main } = await import('./compare.mjs');
  await main(process.argv.slice(2));
}
