import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port was given');
  return address.port;
}

interface Runtime {
  urls: Record<string, string>;
  services: Record<string, { pid: number; port: number }>;
  servers: Record<string, { pid: number }>;
}

/** The whole product as `npm start` runs it, on free ports and with data of its own. */
export class Partyline {
  private constructor(
    readonly url: string,
    readonly hooksUrl: string,
    readonly dataDir: string,
    private readonly process: ChildProcess,
    private readonly output: () => string,
  ) {}

  /** Starts it and waits for its ready line. Rejects with its output when it ends or takes longer than `timeoutMs`. */
  static async start(options: { env?: NodeJS.ProcessEnv; timeoutMs?: number } = {}): Promise<Partyline> {
    const [port, hooksPort] = [await freePort(), await freePort()];
    const dataDir = mkdtempSync(join(tmpdir(), 'partyline-e2e-'));
    const child = spawn(process.execPath, ['tools/src/start.mjs'], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        PARTYLINE_PORT: String(port),
        PARTYLINE_HOOKS_PORT: String(hooksPort),
        PARTYLINE_DATA: join(dataDir, 'data'),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const ready = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`Partyline was not ready in time:\n${output}`)),
        options.timeoutMs ?? 240_000,
      );
      const hear = (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Partyline is ready: ')) {
          clearTimeout(timer);
          resolve();
        }
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`Partyline ended with ${String(code)} before it was ready:\n${output}`));
      });
    });
    const partyline = new Partyline(
      `http://127.0.0.1:${port}`,
      `http://127.0.0.1:${hooksPort}`,
      dataDir,
      child,
      () => output,
    );
    try {
      await ready;
    } catch (error) {
      await partyline.stop();
      throw error;
    }
    return partyline;
  }

  get log(): string {
    return this.output();
  }

  private runtime(): Runtime {
    return JSON.parse(readFileSync(join(this.dataDir, 'data', 'runtime.json'), 'utf8')) as Runtime;
  }

  pidOf(name: string): number {
    const { services, servers } = this.runtime();
    const found = services[name] ?? servers[name];
    if (!found) throw new Error(`nothing called "${name}" runs`);
    return found.pid;
  }

  urlOf(server: 'mongodb' | 'redis'): string {
    return this.runtime().urls[server] ?? '';
  }

  /** How the user who may do everything connects to NATS. */
  get natsAdmin(): { servers: string; user: string; pass: string } {
    const secrets = JSON.parse(readFileSync(join(this.dataDir, 'data', 'secrets.json'), 'utf8')) as {
      natsPasswords: { admin: string };
    };
    const { host } = new URL(this.runtime().urls['nats'] ?? '');
    return { servers: host, user: 'admin', pass: secrets.natsPasswords.admin };
  }

  /** Whether a service runs and would take work. */
  async isReady(service: string): Promise<boolean> {
    const { port } = this.runtime().services[service] ?? {};
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    await answer?.body?.cancel();
    return answer?.ok === true;
  }

  signal(name: string, signal: NodeJS.Signals): void {
    process.kill(this.pidOf(name), signal);
  }

  /** kill -9 of one service or server; the supervisor brings it back. */
  kill(name: string): number {
    const pid = this.pidOf(name);
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM');
      await once(this.process, 'exit');
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
