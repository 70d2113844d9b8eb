import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  isPublicAddress,
  literalAddress,
  NotPublic,
  publicLookup,
  systemResolver,
  type Resolver,
} from '../../public-address.js';

export interface SmscAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export interface ConnectOptions {
  readonly timeoutMs: number;
  /** Origins (`smpp://host:port`, `smpps://host:port`) that may be called although they are not on the internet. */
  readonly allowedOrigins: ReadonlySet<string>;
  readonly resolver?: Resolver;
  /** Gives up where nobody wants the connection any more. */
  readonly signal?: AbortSignal;
  /** A certificate authority of one's own, in PEM. */
  readonly ca?: string;
}

/** How an SMSC is written in PARTYLINE_CARRIER_ALLOW_ORIGINS. */
export function smscOrigin({ host, port, tls }: SmscAddress): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${tls ? 'smpps' : 'smpp'}://${name.toLowerCase()}:${port}`;
}

/** A connection, encrypted where it has to be. Rejects with a `NotPublic` where nobody allowed to call there. */
export function connectSmsc(address: SmscAddress, options: ConnectOptions): Promise<Socket> {
  const { host, port, tls } = address;
  const bare = host.replace(/^\[|\]$/g, '');
  const allowed = options.allowedOrigins.has(smscOrigin(address));
  const literal = literalAddress(host);
  if (!allowed && literal !== null && !isPublicAddress(literal)) {
    return Promise.reject(new NotPublic(`"${host}:${port}" is not on the public internet`));
  }
  const where = {
    host: bare,
    port,
    ...(!allowed && literal === null ? { lookup: publicLookup(options.resolver ?? systemResolver) } : {}),
  };
  return new Promise((resolve, reject) => {
    const socket = tls
      ? connectTls({
          ...where,
          ...(literal === null ? { servername: bare } : {}),
          ...(options.ca === undefined ? {} : { ca: options.ca }),
        })
      : connectPlain(where);
    const timer = setTimeout(
      () => socket.destroy(new Error(`no connection within ${options.timeoutMs} ms`)),
      options.timeoutMs,
    );
    const unwanted = (): void => void socket.destroy(new Error('nobody wants the connection any more'));
    options.signal?.addEventListener('abort', unwanted, { once: true });
    const failed = (error: Error): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', unwanted);
      reject(error);
    };
    socket.once('error', failed);
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', unwanted);
      socket.off('error', failed);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}
