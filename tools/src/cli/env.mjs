// @ts-check
// `partyline env`: what one service of the Partyline that runs here gets, as a shell's exports, to run it by hand.
import { dataDirectory } from '../paths.mjs';
import { freePort } from '../ports.mjs';
import { Problem } from '../problem.mjs';
import { say } from '../console.mjs';
import { readRuntime } from '../runtime.mjs';
import { ensureSecrets, NATS_USERS } from '../secrets.mjs';
import { serviceEnvironment, SERVICES, SIMULATOR } from '../services.mjs';

/**
 * The exports hold secrets of this installation: they are for `eval`, not for showing.
 * @param {string[]} args
 * @param {import('../paths.mjs').Env} env
 */
export async function command([wanted], env) {
  const name = SERVICES.find((each) => each === wanted);
  if (!name) throw new Problem(`Say which service: npx partyline env <${SERVICES.join('|')}>.`);
  const dataDir = dataDirectory(env);
  const runtime = readRuntime(dataDir);
  if (!runtime) throw new Problem('Partyline does not run here. Start it with npm start.');

  const secrets = ensureSecrets(dataDir, env);
  const full = serviceEnvironment(name, {
    env: { PARTYLINE_DEMO: runtime.services[SIMULATOR] ? '1' : '0' },
    dataDir,
    ports: portsOf(runtime),
    servers: {
      secrets,
      mongodbUrl: runtime.urls.mongodb,
      redisUrl: runtime.urls.redis,
      natsUrls: natsUrlsOf(runtime.urls.nats, secrets),
    },
  });
  // A port of its own: the one that npm start runs keeps its port, and both share the work.
  for (const [key, value] of Object.entries({ ...full, PORT: String(await freePort()) })) {
    if (value !== undefined) say(`export ${key}='${value.replaceAll("'", String.raw`'\''`)}'`);
  }
  return 0;
}

/** @param {import('../runtime.mjs').Runtime} runtime */
function portsOf({ services }) {
  const ports = [...SERVICES, SIMULATOR].map((name) => [name, services[name]?.port ?? 0]);
  return Object.fromEntries(ports);
}

/**
 * @param {string} url
 * @param {import('../secrets.mjs').Secrets} secrets
 */
function natsUrlsOf(url, { natsPasswords }) {
  const urls = NATS_USERS.map((user) => {
    const own = new URL(url);
    if (own.username === '') Object.assign(own, { username: user, password: natsPasswords[user] });
    return [user, own.href];
  });
  return Object.fromEntries(urls);
}
