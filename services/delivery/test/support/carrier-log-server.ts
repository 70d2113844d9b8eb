import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as the carrier has it. */
export interface Logged {
  readonly id: string;
  readonly inbound: boolean;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly at: Date;
  /** The carrier's own word. */
  readonly status?: string;
  readonly reference?: string;
}

interface Request {
  readonly unfetchable: ReadonlySet<string>;
  readonly url: URL;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** How one carrier speaks: its credentials, and the answer to one request. undefined: no such path. */
interface Dialect {
  readonly settings: (origin: string) => Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly authorization: string;
  answer(request: Request, all: readonly Logged[], size: number): object | undefined;
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const noPlus = (number: string): string => number.replace('+', '');
const rfc2822 = (at: Date): string => at.toUTCString().replace('GMT', '+0000');
const page = <T>(all: readonly T[], number: number, size: number): T[] =>
  all.slice(number * size, (number + 1) * size);
const between = (all: readonly Logged[], from: string | null, to: string | null): Logged[] =>
  all.filter(({ at }) => (from === null || at >= new Date(from)) && (to === null || at <= new Date(to)));

function laml(prefix: string): Dialect['answer'] {
  return ({ path, query, url }, all, size) => {
    const media = /\/Messages\/([^/]+)\/Media\.json$/.exec(path)?.[1];
    if (media) {
      const uri = `${prefix}/Messages/${media}/Media/ME1.json`;
      return { media_list: [{ uri, content_type: 'image/jpeg' }] };
    }
    if (path !== `${prefix}/Messages.json`) return undefined;
    const number = Number(query.get('Page') ?? '0');
    const found = between(all, query.get('DateSent>'), query.get('DateSent<'));
    const next = new URL(url);
    next.searchParams.set('Page', String(number + 1));
    const more = (number + 1) * size < found.length;
    return {
      next_page_uri: more ? `${next.pathname}${next.search}` : null,
      messages: page(found, number, size).map((one) => ({
        sid: one.id,
        direction: one.inbound ? 'inbound' : 'outbound-api',
        from: one.from,
        to: one.to,
        body: one.text,
        status: one.status ?? (one.inbound ? 'received' : 'sent'),
        num_segments: '1',
        num_media: one.text === 'a picture' ? '1' : '0',
        error_code: one.status === 'undelivered' ? 30003 : null,
        error_message: null,
        date_created: rfc2822(one.at),
        date_sent: rfc2822(one.at),
      })),
    };
  };
}

const SID = `AC${'0'.repeat(32)}`;

export const DIALECTS = {
  twilio: {
    settings: (origin) => ({ accountSid: SID, apiBase: origin }),
    secrets: { authToken: 'twilio-token' },
    authorization: basic(SID, 'twilio-token'),
    answer: laml(`/2010-04-01/Accounts/${SID}`),
  },
  signalwire: {
    settings: (origin) => ({ space: 'acme.signalwire.com', projectId: 'project-1', apiBase: origin }),
    secrets: { apiToken: 'sw-token', signingKey: 'sw-key' },
    authorization: basic('project-1', 'sw-token'),
    answer: laml('/api/laml/2010-04-01/Accounts/project-1'),
  },
  telnyx: {
    settings: (origin) => ({ publicKey: Buffer.alloc(32, 1).toString('base64'), apiBase: origin }),
    secrets: { apiKey: 'telnyx-key' },
    authorization: 'Bearer telnyx-key',
    answer: ({ path, query, unfetchable }, all, size) => {
      const id = /^\/v2\/messages\/([^/]+)$/.exec(path)?.[1];
      const one = all.find((message) => message.id === id);
      if (one && !unfetchable.has(one.id)) {
        return {
          data: {
            id: one.id,
            from: { phone_number: one.from },
            to: [{ phone_number: one.to, status: 'webhook_delivered' }],
            text: one.text,
            media: [],
            parts: 1,
            received_at: one.at.toISOString(),
          },
        };
      }
      if (path !== '/v2/detail_records' || query.get('filter[record_type]') !== 'messaging') return undefined;
      const found = between(all, query.get('filter[created_at][gte]'), query.get('filter[created_at][lt]'));
      const number = Number(query.get('page[number]'));
      return {
        data: page(found, number - 1, size).map((message) => ({
          record_type: 'message_detail_record',
          uuid: message.id,
          direction: message.inbound ? 'inbound' : 'outbound',
          cli: message.from,
          cld: message.to,
          status: message.status ?? 'delivered',
          created_at: message.at.toISOString(),
        })),
        meta: {
          page_number: number,
          total_pages: Math.ceil(found.length / size),
          total_results: found.length,
        },
      };
    },
  },
  bandwidth: {
    settings: (origin) => ({ accountId: '9900', applicationId: 'app', apiUser: 'api', apiBase: origin }),
    secrets: { apiPassword: 'bw-password', webhookSecret: 'bw-hook' },
    authorization: basic('api', 'bw-password'),
    answer: ({ path, query }, all, size) => {
      if (path !== '/api/v2/users/9900/messages') return undefined;
      const found = between(all, query.get('fromDateTime'), query.get('toDateTime'));
      const number = Number(query.get('pageToken') ?? '0');
      const more = (number + 1) * size < found.length;
      return {
        totalCount: found.length,
        pageInfo: more ? { nextPageToken: String(number + 1) } : {},
        messages: page(found, number, size).map((one) => ({
          messageId: one.id,
          sourceTn: one.from,
          destinationTn: one.to,
          messageStatus: one.status ?? (one.inbound ? 'RECEIVED' : 'SENT'),
          messageDirection: one.inbound ? 'INBOUND' : 'OUTBOUND',
          messageType: 'sms',
          segmentCount: 1,
          errorCode: 0,
          receiveTime: one.at.toISOString(),
        })),
      };
    },
  },
  vonage: {
    settings: (origin) => ({ apiKey: 'abcd1234', reportsBase: origin }),
    secrets: { apiSecret: 'vonage-secret', signatureSecret: 'vonage-sig' },
    authorization: basic('abcd1234', 'vonage-secret'),
    answer: ({ path, query, url }, all, size) => {
      if (path !== '/v2/reports/records' || query.get('product') !== 'SMS') return undefined;
      const [from, to] = [query.get('date_start') ?? '', query.get('date_end') ?? ''];
      if (Date.parse(to) - Date.parse(from) > 24 * 3_600_000) return undefined;
      const inbound = query.get('direction') === 'inbound';
      const found = between(all, from, to).filter((one) => one.inbound === inbound);
      const number = Number(query.get('cursor') ?? '0');
      const next = new URL(url);
      next.searchParams.set('cursor', String(number + 1));
      next.searchParams.set('iv', 'iv-1');
      const more = (number + 1) * size < found.length;
      return {
        _links: { self: { href: url.href }, ...(more ? { next: { href: next.href } } : {}) },
        request_status: 'SUCCESS',
        records: page(found, number, size).map((one) => ({
          account_id: 'abcd1234',
          message_id: one.id,
          client_ref: null,
          direction: inbound ? 'inbound' : 'outbound',
          from: noPlus(one.from),
          to: noPlus(one.to),
          message_body: one.text,
          status: one.status ?? 'delivered',
          error_code: '0',
          date_received: one.at.toISOString().replace('Z', '+0000'),
        })),
      };
    },
  },
  plivo: {
    settings: (origin) => ({ authId: 'MA1', apiBase: origin }),
    secrets: { authToken: 'plivo-token' },
    authorization: basic('MA1', 'plivo-token'),
    answer: ({ path, query }, all, size) => {
      if (path !== '/v1/Account/MA1/Message/') return undefined;
      const utc = (name: string): string => `${(query.get(name) ?? '').replace(' ', 'T')}Z`;
      const found = between(all, utc('message_time__gte'), utc('message_time__lt'));
      const offset = Number(query.get('offset'));
      const more = offset + size < found.length;
      return {
        api_id: 'x',
        meta: { limit: size, offset, next: more ? `/v1/Account/MA1/Message/?offset=${offset + size}` : null },
        objects: found.slice(offset, offset + size).map((one) => ({
          message_uuid: one.id,
          from_number: noPlus(one.from),
          to_number: noPlus(one.to),
          message_direction: one.inbound ? 'inbound' : 'outbound',
          message_state: one.status ?? 'delivered',
          message_time: one.at.toISOString().replace('T', ' ').replace('Z', '+00:00'),
          message_type: 'sms',
          units: 1,
          error_code: '000',
        })),
      };
    },
  },
  sinch: {
    settings: (origin) => ({ servicePlanId: 'plan', apiBase: origin }),
    secrets: { apiToken: 'sinch-token', webhookSecret: 'sinch-hook' },
    authorization: 'Bearer sinch-token',
    answer: ({ path, query }, all, size) => {
      const list = /^\/xms\/v1\/plan\/(inbounds|batches|delivery_reports)$/.exec(path)?.[1];
      if (!list) return undefined;
      const spanned = between(all, query.get('start_date'), query.get('end_date'));
      const found = spanned.filter((one) => one.inbound === (list === 'inbounds'));
      const number = Number(query.get('page'));
      const records = page(found, number, size).map((one) => {
        if (list === 'inbounds') {
          const { id, text: body, at } = one;
          return { type: 'mo_text', id, from: noPlus(one.from), to: noPlus(one.to), body, received_at: at };
        }
        const client_reference = one.reference;
        if (list === 'batches') {
          const { id, text: body, at } = one;
          return { id, from: one.from, to: [one.to], body, created_at: at, client_reference };
        }
        const status = one.status ?? 'Delivered';
        return { batch_id: one.id, recipient: noPlus(one.to), status, code: 0, at: one.at, client_reference };
      });
      return { count: found.length, page: number, page_size: size, [list]: records };
    },
  },
} as const satisfies Readonly<Record<string, Dialect>>;
export type DialectName = keyof typeof DIALECTS;

/** The list API of one carrier. */
export class CarrierLogServer {
  messages: Logged[] = [];
  requests = 0;
  /** Answered before the list, first come first served. */
  readonly refusals: ((response: ServerResponse) => void)[] = [];
  /** How many requests are answered; further ones wait. */
  answersLeft = Number.POSITIVE_INFINITY;
  pageSize = 2;
  /** Ids of messages that are listed and not handed out, as old ones are. */
  readonly unfetchable = new Set<string>();
  private server: Server | undefined;

  constructor(private readonly carrier: DialectName) {}

  async start(): Promise<void> {
    this.server = createServer((request, response) => this.handle(request, response));
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get origin(): string {
    const address = this.server?.address() as AddressInfo | null | undefined;
    return `http://127.0.0.1:${address?.port ?? 0}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
    if (this.server?.listening) await once(this.server, 'close');
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    this.requests += 1;
    const json = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const dialect: Dialect = DIALECTS[this.carrier];
    if (request.headers.authorization !== dialect.authorization)
      return json(401, { message: 'who are you?' });
    const refusal = this.refusals.shift();
    if (refusal) return refusal(response);
    if (this.answersLeft <= 0) return json(503, {});
    this.answersLeft -= 1;
    const url = new URL(request.url ?? '', this.origin);
    const answer = dialect.answer(
      { url, path: url.pathname, query: url.searchParams, unfetchable: this.unfetchable },
      this.messages,
      this.pageSize,
    );
    return answer ? json(200, answer) : json(404, { message: 'no such list' });
  }
}
