// @ts-check
// The product as `npm start` runs it, on free ports and with data of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address && typeof address === 'object' ? address.port : 0;
}

export async function startProduct() {
  const [port, hooksPort] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'partyline-bench-'));
  const dataDir = join(folder, 'data');
  const child = spawn(process.execPath, ['tools/src/start.mjs'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PARTYLINE_PORT: String(port),
      PARTYLINE_HOOKS_PORT: String(hooksPort),
      PARTYLINE_DATA: dataDir,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
      child.stdout.setEncoding('utf8').on('data', (text) => {
        if (text.includes('Partyline is ready')) resolve(undefined);
      });
    });
    const url = `http://127.0.0.1:${port}`;
    const answer = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password: 'partyline' }),
    });
    const { accessToken } = /** @type {{ accessToken: string }} */ (await answer.json());
    const runtime = JSON.parse(readFileSync(join(dataDir, 'runtime.json'), 'utf8'));
    const { natsPasswords } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));
    return {
      stop,
      /** @type {import('./load.mjs').Target} */
      target: {
        hooks: `http://127.0.0.1:${hooksPort}`,
        path: '/hooks/simulator/demo-simulator',
        secret: 'demo-simulator-secret',
        events: `${url}/api/v1/events`,
        headers: { authorization: `Bearer ${accessToken}` },
      },
      mongodbUrl: String(runtime.urls.mongodb),
      natsUrl: `nats://admin:${natsPasswords.admin}@127.0.0.1:${runtime.servers.nats.port}`,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
