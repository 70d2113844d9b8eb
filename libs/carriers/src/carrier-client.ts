import { Agent, request, type Dispatcher } from 'undici';
import { fail, ok, type Result } from '@partyline/kernel';
import type { Carrier, HttpRequest, HttpResponse, OpenAccount, OutboundText } from './carrier.js';
import type { LogRefusal } from './carrier-log.js';
import { wasNotSent } from './not-sent.js';
import { rejected, unknownOutcome, unreachable, type SendOutcome } from './outcome.js';
import {
  isPublicAddress,
  literalAddress,
  NotPublic,
  publicLookup,
  systemResolver,
  type Resolver,
} from './public-address.js';
import { redactSecrets } from './redaction.js';

/** The code of `NotPublic`: not a byte was sent. */
const NOT_PUBLIC = 'ENOTPUBLIC';
const MAX_ANSWER_BYTES = 256 * 1024;
const MAX_LIST_BYTES = 8 * 1024 * 1024;

export interface CarrierClientOptions {
  /** Until the connection stands, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** For the whole exchange once connected, in milliseconds. */
  readonly answerTimeoutMs?: number;
  /** Origins (`http://host:port`) that may be called although they are not on the public internet. */
  readonly allowedOrigins?: ReadonlySet<string>;
  /** How names are resolved. */
  readonly resolver?: Resolver;
}

/**
 * Sends through a carrier's API; the only place of this library that talks HTTP. It never retries. Admins type where
 * that API is, so an address inside of our own network is refused unless whoever runs Partyline allowed its origin.
 */
export class CarrierClient {
  readonly #guarded: Agent;
  readonly #plain: Agent;
  readonly #allowedOrigins: ReadonlySet<string>;
  readonly #answerTimeoutMs: number;

  constructor(options: CarrierClientOptions = {}) {
    this.#answerTimeoutMs = options.answerTimeoutMs ?? 15_000;
    this.#allowedOrigins = options.allowedOrigins ?? new Set();
    const timeout = options.connectTimeoutMs ?? 5_000;
    const agentOptions: Agent.Options = {
      headersTimeout: this.#answerTimeoutMs,
      bodyTimeout: this.#answerTimeoutMs,
      // A request on a connection that the carrier is just closing could not be told from one that was taken.
      keepAliveTimeout: 1_000,
      keepAliveMaxTimeout: 1_000,
      pipelining: 1,
    };
    const lookup = publicLookup(options.resolver ?? systemResolver);
    this.#guarded = new Agent({ ...agentOptions, connect: { timeout, lookup } });
    this.#plain = new Agent({ ...agentOptions, connect: { timeout } });
  }

  /** What became of one attempt. Never throws; descriptions hold no secrets. */
  async send(carrier: Carrier, message: OutboundText, account: OpenAccount): Promise<SendOutcome> {
    const clean = (text: string): string => redactSecrets(text, Object.values(account.secrets));
    try {
      const outcome = carrier.parseSend(await this.#exchange(carrier.buildSend(message, account)), account);
      return 'description' in outcome ? { ...outcome, description: clean(outcome.description) } : outcome;
    } catch (error) {
      const { code, text } = describe(error);
      if (code === NOT_PUBLIC) return rejected(null, 'credentials', clean(refusal(carrier, text)));
      return wasNotSent(error)
        ? unreachable(clean(`${carrier.name} could not be reached: ${text}`))
        : unknownOutcome(clean(`${carrier.name} may or may not have taken the message: ${text}`));
    }
  }

  /** Asks for a page of the carrier's log, which may be asked for again at any time. Never throws. */
  async read(
    carrier: Carrier,
    outgoing: HttpRequest,
    account: OpenAccount,
  ): Promise<Result<HttpResponse, LogRefusal>> {
    try {
      return ok(await this.#exchange(outgoing, MAX_LIST_BYTES));
    } catch (error) {
      const { code, text } = describe(error);
      const why =
        code === NOT_PUBLIC ? refusal(carrier, text) : `${carrier.name} could not be asked: ${text}`;
      const reason = redactSecrets(why, Object.values(account.secrets));
      return fail({ kind: code === NOT_PUBLIC ? 'refused' : 'unavailable', retryAfterMs: null, reason });
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#guarded.close(), this.#plain.close()]);
  }

  /** A name is looked at when the connection resolves it; an address never is resolved, so it is looked at here. */
  #dispatcherFor(address: string): Dispatcher {
    if (!URL.canParse(address)) throw new NotPublic(`"${address}" is not a URL`);
    const url = new URL(address);
    if (this.#allowedOrigins.has(url.origin)) return this.#plain;
    const literal = literalAddress(url.hostname);
    if (!/^https?:$/.test(url.protocol) || (literal !== null && !isPublicAddress(literal))) {
      throw new NotPublic(`"${url.host}" is not on the public internet`);
    }
    return this.#guarded;
  }

  async #exchange(outgoing: HttpRequest, mostBytes = MAX_ANSWER_BYTES): Promise<HttpResponse> {
    const answer = await request(outgoing.url, {
      method: outgoing.method,
      headers: outgoing.headers,
      body: outgoing.method === 'GET' ? null : outgoing.body,
      dispatcher: this.#dispatcherFor(outgoing.url),
      signal: AbortSignal.timeout(this.#answerTimeoutMs * 2),
    });
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of answer.body as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > mostBytes) break;
      parts.push(part);
    }
    const headers = Object.entries(answer.headers).map(([name, value]) => [name, value?.toString()]);
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(headers) as Record<string, string | undefined>,
      body: Buffer.concat(parts).toString('utf8'),
    };
  }
}

const refusal = (carrier: Carrier, why: string): string =>
  `${carrier.name} was not called: ${why}. An Admin has to correct the API address of this carrier account; ` +
  'whoever runs Partyline can allow an address inside of the own network in PARTYLINE_CARRIER_ALLOW_ORIGINS.';

interface Failure {
  readonly code: string;
  readonly text: string;
}

/** Node joins the failures of several addresses in one: the one that is told decides whether it was sent. */
function describe(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return { code: '', text: String(error) };
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return describe(error.errors.find((one) => !wasNotSent(one)) ?? error.errors[0]);
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const said = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return { code, text: said || code || 'no reason given' };
}
