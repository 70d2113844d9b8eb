// @ts-check
// A supervisor with one service, for tests that kill it.
import { Supervisor } from '../../src/supervisor.mjs';

const supervisor = new Supervisor([JSON.parse(process.argv[2] ?? '')], { say: () => {} });
await supervisor.start();
console.log('ready');
