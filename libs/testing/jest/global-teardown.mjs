// @ts-check
import { rm } from 'node:fs/promises';
import { run } from './global-setup.mjs';

export default async function tearDown() {
  run.guard?.killAll();
  // Until it is gone it keeps this process alive.
  await run.guard?.close();
  await rm(run.folder, { recursive: true, force: true, maxRetries: 5 });
}
