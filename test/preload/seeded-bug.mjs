// Loaded before every service by a test: where the file PARTYLINE_TEST_BUG names this service, some of its code is
// altered as it is read from the disk. Nothing in the product knows of it.
import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';

const { PARTYLINE_TEST_BUG: file } = process.env;

if (file && existsSync(file)) {
  /** @type {{ service: string }} */
  const bug = JSON.parse(readFileSync(file, 'utf8'));
  if (process.argv[1]?.endsWith(`/services/${bug.service}/dist/main.js`)) {
    register('./altering-loader.mjs', import.meta.url, { data: bug });
  }
}
