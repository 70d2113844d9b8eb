// Real MongoDB, NATS and Redis for `npm start`, the tests and the benchmark.

export type ServerName = 'mongodb' | 'nats' | 'redis';

/** The users of infra/nats/permissions.conf. */
export type NatsUser = 'ingest' | 'routing' | 'inbox' | 'delivery' | 'notify' | 'gateway' | 'admin';

export interface ServerPorts {
  mongodb: number;
  nats: number;
  natsMonitor: number;
  redis: number;
}

export interface Secrets {
  natsPasswords: Record<NatsUser, string>;
  jwtSecret: string;
  /** 32 bytes, base64. */
  secretsKey: string;
  /** P-256, base64url. */
  vapid: { publicKey: string; privateKey: string };
}

export interface StartOptions {
  /** Folder of their data, logs and secrets; made where it is missing. */
  dataDir: string;
  /** 'free' (the usual): free ports on the loopback address. */
  ports?: 'free' | ServerPorts;
  /** Where MONGODB_URL, NATS_URL and REDIS_URL are looked for; the environment of this process by default. */
  env?: Record<string, string | undefined>;
  /** Hears of what takes longer than a second, such as a download. */
  say?: (line: string) => void;
  /** Otherwise `<dataDir>/secrets.json`, made at the first start. */
  secrets?: Secrets;
}

/** A process that ended, wanted or not. */
export interface Exit {
  name: string;
  pid: number;
  code: number | null;
  signal: string | null;
}

export interface ServerDescription {
  name: ServerName;
  source: 'environment' | 'PATH' | 'cache' | 'package' | 'docker compose';
  /** '' where it does not tell. */
  version: string;
  /** The binary, or the URL without credentials. */
  place: string;
  /** Undefined where somebody else runs it. */
  port: number | undefined;
  pid: number | undefined;
}

/** A server given by URL is not ours: start, restart, kill, pause, resume and wipe refuse it with a Problem. */
export interface RunningServers {
  /** Without a database name: each service uses its own. */
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  /** Without credentials. */
  readonly natsUrl: string;
  /** With the credentials of each user: what that service gets as its NATS_URL. */
  readonly natsUrls: Record<NatsUser, string>;
  /** May do everything; for tests and tools. */
  readonly adminNatsUrl: string;
  readonly secrets: Secrets;
  /** Starts one that was killed, on its old port and data; resolves when it serves. */
  start(name: ServerName): Promise<void>;
  /** Ends it in good order and starts it again; resolves when it serves. */
  restart(name: ServerName): Promise<void>;
  /** SIGKILL; resolves when it is gone. It stays down until `start`. */
  kill(name: ServerName): Promise<void>;
  /** SIGSTOP: connections stay open, nothing is answered. */
  pause(name: ServerName): Promise<void>;
  resume(name: ServerName): Promise<void>;
  /** Deletes all of JetStream's files under the running server, kills it and starts it empty. */
  wipeJetStream(): Promise<void>;
  onExit(listener: (exit: Exit) => void): void;
  describe(): ServerDescription[];
  /** Ends those that were started here, in good order, SIGKILL after ten seconds. */
  stop(): Promise<void>;
  /** SIGKILL to those that were started here. */
  killAll(): void;
}

/** The ports that startServers takes. */
export const SERVER_PORTS: readonly (keyof ServerPorts)[];

/**
 * Finds the three servers (URL in the environment, binary on the PATH, cache, package, containers), starts those that
 * are not given by URL, and resolves when all serve. Should this process die, they are ended.
 *
 * @throws {Error} named 'Problem' when a server cannot be had, with what to do
 */
export function startServers(options: StartOptions): Promise<RunningServers>;
