/** A process to start. */
export interface ProcessSpec {
  command: string;
  args: string[];
  /** Beside the environment of this process. */
  env: Record<string, string>;
}

/** How one server is run and recognised as ready. */
export interface ServerProcess {
  spec: ProcessSpec;
  /** Resolves once it serves; gives up with the signal's reason when the process has ended. */
  ready(ended: AbortSignal): Promise<void>;
}
