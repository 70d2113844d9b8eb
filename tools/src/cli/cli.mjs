// @ts-check
// `npx partyline <command>`
import { explain, Problem } from '../problem.mjs';
import { say } from '../console.mjs';

const HELP = `npx partyline <command>

  doctor                       what was found where, and what to do about what was not
  text <to> <text> [--from <number>]
                               send a text to one of your numbers, as a customer's phone would (demo)
  env <service>                the environment of one service of the Partyline that runs here, to run it by hand:
                               eval "$(npx partyline env inbox)" && npx nest start inbox --watch
  dead list [--service <name>] [--limit <n>]
                               messages on the bus that no service could handle, the newest first
  dead replay [--service <name>] [--id <id>] [--all]
                               publish them again, one or all, after what was wrong has been mended
  tell-again [--service <name>]
                               have users, inboxes, numbers and opt-outs told again to a service that lost its
                               database (it is done once a day by itself, opt-outs apart)
  reconcile [--account <id>] [--hours <n>] [--list]
                               compare carriers' own logs of messages with ours, and mend what is missing
  help                         this text

Start Partyline itself with npm start (npm start -- --help).`;

/** @type {Record<string, () => Promise<{ command: (args: string[], env: import('../paths.mjs').Env) => Promise<number> }>>} */
const COMMANDS = {
  doctor: () => import('./doctor.mjs'),
  text: () => import('./text.mjs'),
  'tell-again': () => import('./tell-again.mjs'),
  env: () => import('./env.mjs'),
  dead: () => import('./dead.mjs'),
  reconcile: () => import('./reconcile.mjs'),
};

/**
 * @param {string[]} argv
 * @param {import('../paths.mjs').Env} [env]
 * @returns {Promise<number>} the exit code: 0 done, 1 not done, 2 not understood
 */
export async function main([name, ...args], env = process.env) {
  if (!name || name === 'help' || name === '--help' || name === '-h') {
    say(HELP);
    return name ? 0 : 2;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    console.error(`There is no command "${name}".\n\n${HELP}`);
    return 2;
  }
  if (args.includes('--help')) {
    say(HELP);
    return 0;
  }
  try {
    const { command } = await load();
    return await command(args, env);
  } catch (error) {
    console.error(explain(isUsage(error) ? new Problem(`${error.message}\n\n${HELP}`) : error));
    return isUsage(error) ? 2 : 1;
  }
}

/**
 * @param {unknown} error
 * @returns {error is Error} a wrong option, as node:util's parseArgs says it
 */
function isUsage(error) {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
