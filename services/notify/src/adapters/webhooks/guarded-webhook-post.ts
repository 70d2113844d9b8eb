import { looksPublic, publicLookup, systemResolver } from '@partyline/carriers';
import { request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { WebhookPost } from '../../application/webhooks/ports.js';
import type { Try } from '../../domain/webhook.js';

const TIMEOUT_MS = 15_000;

/**
 * Posts to the public internet alone: by https, to addresses that are checked inside of the connection's own lookup, and
 * following no redirect. Bodies of answers are not read. Origins in `allowed` are let through as they are.
 */
export class GuardedWebhookPost extends WebhookPost {
  private readonly agent = new Agent({ lookup: publicLookup(systemResolver), keepAlive: true });

  constructor(private readonly allowed: ReadonlySet<string>) {
    super();
  }

  override refuses(text: string): string | null {
    if (!URL.canParse(text)) return 'This is not a URL.';
    const { origin, protocol, hostname, username, password } = new URL(text);
    if (username !== '' || password !== '') return 'A webhook’s URL holds no user name and no password.';
    if (this.allowed.has(origin)) return null;
    if (protocol !== 'https:') return 'Webhooks are sent by https only.';
    return looksPublic(hostname) ? null : `${hostname} is not on the public internet.`;
  }

  override async post(
    text: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<Omit<Try, 'at'>> {
    const began = performance.now();
    const took = (): number => Math.round(performance.now() - began);
    try {
      const status = await this.status(new URL(text), headers, body);
      const error = status >= 200 && status < 300 ? null : `It answered ${status}.`;
      return { status, error, ms: took() };
    } catch (error) {
      return { status: null, error: sentenceOf(error), ms: took() };
    }
  }

  private status(url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
    const free = this.allowed.has(url.origin);
    const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
    const options = {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Partyline-Webhooks/1',
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(free ? {} : { agent: this.agent }),
    };
    return new Promise((resolve, reject) => {
      const sent = send(url, options, (answer) => {
        answer.destroy();
        resolve(answer.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'It could not be reached.';
  return error.name === 'TimeoutError' || error.name === 'AbortError'
    ? `No answer in ${TIMEOUT_MS / 1000} seconds.`
    : `It could not be reached: ${error.message.slice(0, 200)}`;
}
