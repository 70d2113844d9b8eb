import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** For the last words of one that failed. */
const KEPT_LINES = 40;

/** The built service as a process of its own, as production runs it; it can be killed like one, too. */
export interface GatewayProcess {
  /** http://127.0.0.1:port */
  readonly url: string;
  /** Its log so far, at most the last lines. */
  readonly log: readonly string[];
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Rejects with what it said where it does not start. */
export async function startGateway(env: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  if (!existsSync(MAIN))
    throw new Error('These tests run the built service: run "npm run build:services" first.');
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', PARTYLINE_HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const log: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (log.push(line) > KEPT_LINES) log.shift();
        const listening = /Listening at (http:\/\/[^"\s]+)/.exec(line);
        if (listening?.[1] !== undefined) resolve(listening[1]);
      });
    }
    void exited.then(([code]) => reject(new Error(`The gateway ended with ${code}:\n${log.join('\n')}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const [code] = await exited;
    return code;
  };
  return {
    url,
    log,
    stop: async () => {
      // It gives itself nine seconds; whatever hangs longer must not hang the tests, too.
      const lastly = setTimeout(() => child.kill('SIGKILL'), 15_000);
      return await end('SIGTERM').finally(() => clearTimeout(lastly));
    },
    kill: async () => {
      await end('SIGKILL');
    },
  };
}
