// @ts-check
// What `npm start` does, from a fresh clone to "ready", and until Ctrl-C.
import { parseArgs } from 'node:util';
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildAll } from './build.mjs';
import { say, step } from './console.mjs';
import { claimDataDirectory, emptyDataDirectory } from './data-dir.mjs';
import { installPackages } from './install.mjs';
import { keepServers } from './keep-servers.mjs';
import { dataDirectory, ROOT } from './paths.mjs';
import { choosePorts, publicPorts } from './ports.mjs';
import { explain, Problem } from './problem.mjs';
import { endLeftovers, markOf, removeRuntime, writeRuntime } from './runtime.mjs';
import { hideCredentials, requireUrls } from './servers/external.mjs';
import { SERVER_PORTS, startServers } from './servers/index.mjs';
import { isDemo, publicUrls, SERVICES, serviceSpecs, SIMULATOR } from './services.mjs';
import { Shutdown } from './shutdown.mjs';
import { Supervisor } from './supervisor.mjs';
import { welcome } from './welcome.mjs';

const HELP = `npm start [-- options]   installs what is missing, builds, and runs Partyline until Ctrl-C

  --fresh           empty the data folder first: databases, secrets, logs
  --services-only   start no servers; MONGODB_URL, NATS_URL and REDIS_URL say where they are
  --help            this text

  PARTYLINE_PORT        port of the web app (3000)
  PARTYLINE_HOOKS_PORT  port of the carriers' webhooks (3001)
  PARTYLINE_DATA        data folder (.data)
  PARTYLINE_CACHE       folder of downloaded servers (partyline in the user's cache folder)
  PARTYLINE_DEMO=0      without the demo company and the phone simulator`;

/** @param {string[]} argv */
export async function run(argv) {
  const shutdown = new Shutdown(say);
  try {
    const options = readOptions(argv);
    if (options.help) return say(HELP);
    if (options['services-only']) requireUrls(process.env);
    shutdown.arm();
    await startAll(options, process.env, shutdown);
  } catch (error) {
    // What fails because everything is being stopped is no news.
    if (shutdown.hasBegun) return;
    console.error(explain(error));
    process.exitCode = 1;
    await shutdown.end();
  }
}

/** @param {string[]} argv */
function readOptions(argv) {
  try {
    return parseArgs({
      args: argv,
      options: {
        fresh: { type: 'boolean' },
        'services-only': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

/**
 * @param {{ fresh?: boolean | undefined }} options
 * @param {import('./paths.mjs').Env} env
 * @param {Shutdown} shutdown
 */
async function startAll(options, env, shutdown) {
  const dataDir = dataDirectory(env);
  const claim = claimDataDirectory(dataDir);
  shutdown.add({ close: claim.release });
  const left = endLeftovers(dataDir);
  if (left.length > 0) say(`Ended what an earlier start had left behind: ${left.join(', ')}.`);
  const open = await publicPorts(env);
  if (options.fresh) {
    emptyDataDirectory(dataDir);
    say(`Starting over: ${relative('', dataDir) || dataDir} is empty.`);
  }

  await installPackages(env, say, shutdown.signal);
  await buildAll(env, say, shutdown.signal);

  const ports = await allPorts(dataDir, open);
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  if (shutdown.hasBegun) return;
  /** @type {import('./servers/index.mjs').RunningServers | undefined} */
  let running;
  const starting = startServers({ dataDir, ports, env, say });
  shutdown.add({ close: () => removeRuntime(dataDir) });
  shutdown.add({
    // Even while they are still starting: nothing may be left that the next start would trip over.
    close: () => starting.then((started) => started.stop()).catch(() => {}),
    kill: () => running?.killAll(),
  });
  const servers = await step(say, 'Starting MongoDB, NATS and Redis', () => starting);
  running = servers;
  if (shutdown.hasBegun) return;
  for (const { name, version, source, place } of servers.describe())
    say(`  ${name} ${version} (${source}: ${place})`);

  const specs = serviceSpecs({ env, dataDir, ports, servers });
  const remember = () => remembering(env, dataDir, ports, servers, supervisor.pids());
  const supervisor = new Supervisor(specs, { say, onChange: () => shutdown.hasBegun || remember() });
  shutdown.add({ close: keepServers(servers, { say, onChange: remember }) });
  shutdown.add({ close: () => supervisor.stop(), kill: () => supervisor.killNow() });
  await step(say, `Starting ${specs.map(({ name }) => name).join(', ')}`, () => supervisor.start());
  if (shutdown.hasBegun) return;
  for (const line of welcome({
    demo: isDemo(env),
    dataDir,
    usual: dataDir === join(ROOT, '.data'),
    urls: publicUrls(env, ports),
  })) {
    say(line);
  }
}

/**
 * @param {string} dataDir
 * @param {{ gateway: number, ingest: number }} open
 */
async function allPorts(dataDir, open) {
  const inner = SERVICES.filter((name) => name !== 'gateway' && name !== 'ingest');
  const taken = new Set([open.gateway, open.ingest]);
  const names = /** @type {const} */ ([...inner, SIMULATOR, ...SERVER_PORTS]);
  return { ...(await choosePorts(names, { file: join(dataDir, 'ports.json'), taken })), ...open };
}

/**
 * @param {import('./paths.mjs').Env} env
 * @param {string} dataDir
 * @param {Awaited<ReturnType<typeof allPorts>>} ports
 * @param {import('./servers/index.mjs').RunningServers} servers
 * @param {Record<string, number | undefined>} pids
 */
function remembering(env, dataDir, ports, servers, pids) {
  /** @type {Record<string, number | undefined>} */
  const portOf = ports;
  const services = Object.entries(pids).flatMap(([name, pid]) =>
    pid === undefined ? [] : [[name, { ...markOf(pid), port: portOf[name] }]],
  );
  const ours = servers
    .describe()
    .flatMap(({ name, pid, port, source }) =>
      pid === undefined ? [] : [[name, { ...markOf(pid), port, source }]],
    );
  writeRuntime(dataDir, {
    supervisor: markOf(process.pid),
    startedAt: startedAt.toISOString(),
    urls: {
      ...publicUrls(env, ports),
      mongodb: servers.mongodbUrl,
      nats: hideCredentials(servers.natsUrl),
      redis: servers.redisUrl,
    },
    services: Object.fromEntries(services),
    servers: Object.fromEntries(ours),
  });
}

const startedAt = new Date();
