// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const STEPS = ['inbox', 'gateway', 'pass', 'ingest'];

/** @param {{ mongodbUrl: string, natsUrl: string }} servers */
export async function startFloor({ mongodbUrl, natsUrl }) {
  const secret = 'floor-secret';
  /** @type {Record<string, number>} */
  const ports = {};
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  const stop = () =>
    Promise.all(
      children.map(async (child) => {
        if (child.kill('SIGKILL')) await once(child, 'exit');
      }),
    );
  try {
    for (const step of STEPS) {
      const child = fork(fileURLToPath(new URL(`${step}.mjs`, import.meta.url)), {
        env: { ...process.env, FLOOR_MONGODB_URL: mongodbUrl, FLOOR_NATS_URL: natsUrl, FLOOR_SECRET: secret },
      });
      children.push(child);
      const [message] = await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(() =>
          Promise.reject(new Error(`the floor's ${step} ended before it was ready`)),
        ),
      ]);
      ports[step] = message.port;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stop,
    /** @type {import('../load.mjs').Target} */
    target: {
      hooks: `http://127.0.0.1:${ports['ingest']}`,
      path: '/',
      secret,
      events: `http://127.0.0.1:${ports['gateway']}/`,
      headers: {},
    },
  };
}
