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

export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * The carrier's side, which remembers every request and, unlike the phone simulator, takes each repeat of one as one
 * text more: as most carriers do. It posts the statuses `sent` and `delivered` until they are accepted. It also has
 * pictures, at `/pictures/<anything>`, and takes pushes, at any other path.
 */
export class RecordingCarrier {
  readonly requests: SendRequest[] = [];
  /** Paths of the pushes that it took. */
  readonly pushes: string[] = [];
  private readonly server: Server;
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
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
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
