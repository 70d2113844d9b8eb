import { isUtf8 } from 'node:buffer';
import { HIDDEN, KnownSecrets } from './known-secrets.js';
import { isSecretName, withoutNamedSecrets } from './named-secrets.js';

/** What is kept of a body, characters. */
const MOST_BODY = 64 * 1024;
/** What is looked at: by so much more that nothing of a secret can stand at the end of what is kept. */
const LOOKED_AT = 2 * MOST_BODY;
const MOST_HEADERS = 100;
const MOST_VALUE = 2_000;
const MOST_QUERY = 8_192;
const SCHEME = /^(ApiKey|AWS4-HMAC-SHA256|Basic|Bearer|Digest|HMAC|Key|Signature|Token) +\S/i;

/** A webhook as it came, for somebody who has to understand it. */
export interface ShownWebhook {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In base64 where it is no text. */
  readonly body: string;
  readonly encoding: 'text' | 'base64';
  /** Whether some of the body is left out. */
  readonly cut: boolean;
}

interface Received {
  readonly query: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** Takes credentials out of what carriers send, before it is kept: those of the account, and what looks like some. */
export class WebhookRedaction {
  private readonly known: KnownSecrets;
  private readonly hidden: ReadonlySet<string>;

  /** `hiddenHeaders`: further headers that carry credentials or signatures. */
  constructor(secrets: readonly string[], hiddenHeaders: readonly string[] = []) {
    // The bytes of a secret as Latin-1 reads them: how they look in a body that is no text.
    this.known = new KnownSecrets(
      secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('latin1')]),
    );
    this.hidden = new Set(hiddenHeaders.map((name) => name.toLowerCase()));
  }

  text(text: string): string {
    return withoutNamedSecrets(this.known.removeFrom(text));
  }

  webhook({ query, headers, body }: Received): ShownWebhook {
    return {
      query: this.query(query).slice(0, MOST_QUERY),
      headers: this.headers(headers),
      ...this.body(body),
    };
  }

  private query(query: string): string {
    const pairs = query.slice(0, 2 * MOST_QUERY).split('&');
    return this.text(
      pairs
        .map((pair) => {
          const [name = ''] = pair.split('=', 1);
          return pair.length > name.length + 1 && isSecretName(decoded(name)) ? `${name}=${HIDDEN}` : pair;
        })
        .join('&'),
    );
  }

  private headers(headers: Received['headers']): Record<string, string> {
    const shown: Record<string, string> = {};
    for (const [name, given] of Object.entries(headers).slice(0, MOST_HEADERS)) {
      if (given === undefined) continue;
      const value = typeof given === 'string' ? given : given.join(', ');
      shown[name] = this.header(name.toLowerCase(), value.slice(0, 2 * MOST_VALUE)).slice(0, MOST_VALUE);
    }
    return shown;
  }

  private header(name: string, value: string): string {
    const signs = this.hidden.has(name) || /sig|hmac/.test(name);
    if (!signs && !isSecretName(name)) return this.text(value);
    const [, scheme] = SCHEME.exec(value) ?? [];
    if (scheme !== undefined) return `${scheme} ${HIDDEN}`;
    return signs ? `[redacted: ${shapeOf(value)}]` : HIDDEN;
  }

  private body(body: Uint8Array): Pick<ShownWebhook, 'body' | 'encoding' | 'cut'> {
    const isText = isUtf8(body);
    const whole = Buffer.from(body.buffer, body.byteOffset, body.length).toString(isText ? 'utf8' : 'latin1');
    const more = whole.length > LOOKED_AT;
    const clean = this.text(whole.slice(0, LOOKED_AT));
    const sure = more ? clean.slice(0, Math.max(0, clean.length - MOST_BODY / 2)) : clean;
    const kept = sure.slice(0, MOST_BODY);
    return {
      body: isText ? kept : Buffer.from(kept, 'latin1').toString('base64'),
      encoding: isText ? 'text' : 'base64',
      cut: more || kept.length < clean.length,
    };
  }
}

/** What somebody who describes a signature has to know of one: `sha256= and 64 hex digits`. */
function shapeOf(value: string): string {
  const [, prefix = '', rest = ''] = /^((?:sha\d{1,3}|v\d)[=,])?(.*)$/s.exec(value) ?? [];
  const kind = /^[0-9a-f]+$/i.test(rest)
    ? 'hex digits'
    : /^[A-Za-z0-9+/_-]+={0,2}$/.test(rest)
      ? 'characters of base64'
      : 'characters';
  return `${prefix}${prefix && ' and '}${rest.length} ${kind}`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
