export interface ServerAddress {
  readonly servers: string[];
  readonly user?: string;
  readonly pass?: string;
  readonly tls: boolean;
}

/** Takes `nats://user:password@host:port,…` apart, because the client library does not read credentials from URLs. */
export function parseServerAddress(natsUrl: string): ServerAddress {
  const urls = natsUrl.split(',').map((text) => {
    const trimmed = text.trim();
    const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
    if (!url?.hostname || !['nats:', 'tls:'].includes(url.protocol)) {
      throw new Error('NATS_URL must look like nats://user:password@host:4222 (or tls://…)');
    }
    return url;
  });
  const first = urls[0];
  return {
    servers: urls.map((url) => `${url.hostname}:${url.port || '4222'}`),
    ...(first?.username ? { user: decodeURIComponent(first.username) } : {}),
    ...(first?.password ? { pass: decodeURIComponent(first.password) } : {}),
    tls: first?.protocol === 'tls:',
  };
}
