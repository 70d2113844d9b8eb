export interface Outcome {
  /** null when it could not be started or was killed by a signal */
  readonly code: number | null;
  /** What it wrote, both streams. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs a command to its end; a failure is an outcome, not an exception. */
export function runCommand(
  command: string,
  args: readonly string[],
  options?: { env?: NodeJS.ProcessEnv; cwd?: string; timeoutMs?: number },
): Promise<Outcome>;
export function lastLine(output: string): string;
