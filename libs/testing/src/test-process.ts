import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The shell ends the server when our end of its standard input closes, however this process dies. */
const GUARDED =
  '"$@" & server=$!; echo "pid $server"; read -r _; kill -9 "$server" 2>/dev/null; wait "$server"';

/** A server process that cannot outlive the test's. */
export class TestProcess {
  private constructor(
    private readonly shell: ChildProcess,
    private readonly pid: number,
  ) {}

  static async start(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<TestProcess> {
    const shell = spawn('/bin/sh', ['-c', GUARDED, 'sh', command, ...args], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    for await (const line of createInterface({ input: shell.stdout })) {
      const pid = /^pid (\d+)$/.exec(line)?.[1];
      if (pid === undefined) continue;
      // What the server says is of no interest, but it must not fill the pipe.
      shell.stdout.resume();
      return new TestProcess(shell, Number(pid));
    }
    throw new Error(`${command} could not be started`);
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** As a crash would: SIGKILL. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.shell.exitCode !== null) return;
    const gone = once(this.shell, 'close');
    this.shell.stdin?.end();
    await gone;
  }
}
