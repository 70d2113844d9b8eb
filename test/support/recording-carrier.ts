import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send, simulatorEvent } from './carrier.js';
import { eventually } from './eventually.js';

/** A text that we were asked to send. */
export interface SendRequest {
  readonly reference: string;
  readonly to: string;
  readonly text: string;
  readonly media: readonly { readonly url: string }[];
}

export interface LoggedText {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly at: Date;
}

export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * The carrier's side, which remembers every request and, unlike the phone simulator, takes each repeat of one as one
 * text more: as most carriers do. It posts the statuses `sent` and `delivered` until they are accepted. It also has
 * pictures, at `/pictures/<anything>`, a log of its own, and takes webhooks and, at any other path, pushes.
 */
export class RecordingCarrier {
  readonly requests: SendRequest[] = [];
  /** Paths of the pushes that it took. */
  readonly pushes: string[] = [];
  /** What webhooks of ours told, as `path conversation:seq`. */
  readonly webhooks = new Set<string>();
  /** Texts that its log has, whether or not their webhooks came. */
  readonly logged: LoggedText[] = [];
  private readonly server: Server;
  private readonly failed = new Set<string>();
  private readonly posting = new Set<Promise<void>>();
  private hanging: (request: SendRequest) => boolean = () => false;
  private untold: (request: SendRequest) => boolean = () => false;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<RecordingCarrier> {
    const carrier = new RecordingCarrier();
    carrier.server.listen(0, '127.0.0.1');
    await once(carrier.server, 'listening');
    return carrier;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Takes these texts and never answers, nor tells of them. */
  hangOn(matches: (request: SendRequest) => boolean): void {
    this.hanging = matches;
  }

  /** Takes and answers these texts, and never tells of them afterwards. */
  tellNothingOf(matches: (request: SendRequest) => boolean): void {
    this.untold = matches;
  }

  /** Resolves when nobody has to be told of anything any more. */
  async settled(): Promise<void> {
    while (this.posting.size > 0) await Promise.all(this.posting);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path.startsWith('/pictures/')) {
      response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE);
      return;
    }
    if (path.startsWith('/v2/reports/records?')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(this.logPage(path));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (path.startsWith('/webhooks/')) {
      response.writeHead(this.hears(path, Buffer.concat(chunks).toString())).end();
      return;
    }
    if (!path.startsWith('/carrier/')) {
      this.pushes.push(path);
      response.writeHead(201).end();
      return;
    }
    const body = JSON.parse(Buffer.concat(chunks).toString()) as SendRequest & { statusCallback: string };
    const { reference, to, text, media } = body;
    this.requests.push({ reference, to, text, media });
    if (this.hanging(body)) return;
    const id = randomUUID();
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id }));
    if (this.untold(body)) return;
    const telling = this.tell(id, body.statusCallback).finally(() => this.posting.delete(telling));
    this.posting.add(telling);
  }

  /** The status that it answers: at `failing` each is told twice, and `gone` wants none. */
  private hears(path: string, body: string): number {
    const { data } = JSON.parse(body) as { data: { conversationId: string; seq: number } };
    const told = `${path} ${data.conversationId}:${data.seq}`;
    if (path.endsWith('/gone')) return 410;
    if (path.endsWith('/failing') && !this.failed.has(told)) {
      this.failed.add(told);
      return 500;
    }
    this.webhooks.add(told);
    return 204;
  }

  /** As Vonage's Reports API has them. https://developer.vonage.com/en/api/reports */
  private logPage(path: string): string {
    const query = new URL(path, this.origin).searchParams;
    const [from, to] = ['date_start', 'date_end'].map((name) => Date.parse(query.get(name) ?? ''));
    const inbound = query.get('direction') === 'inbound';
    const found = this.logged.filter(
      ({ at }) => inbound && Number(at) >= (from ?? 0) && Number(at) < (to ?? 0),
    );
    const records = found.map(({ id, from: sender, to: receiver, text, at }) => ({
      account_id: query.get('account_id'),
      message_id: id,
      client_ref: null,
      direction: 'inbound',
      from: sender.slice(1),
      to: receiver.slice(1),
      message_body: text,
      status: 'delivered',
      error_code: '0',
      date_received: at.toISOString().replace('Z', '+0000'),
    }));
    return JSON.stringify({ _links: { self: { href: path } }, request_status: 'SUCCESS', records });
  }

  private async tell(id: string, callback: string): Promise<void> {
    const { origin, pathname, search } = new URL(callback);
    for (const status of ['sent', 'delivered']) {
      const event = { type: 'message.status', data: { id, status } };
      await eventually(
        `the status ${status} of ${id} to be accepted`,
        async () => (await send(origin, { ...simulatorEvent(event), path: pathname + search })).ok,
        120_000,
      );
    }
  }
}
