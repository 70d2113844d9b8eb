import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface CarrierRequest {
  readonly reference: string;
  readonly to: string;
  readonly text: string;
  readonly media: readonly { readonly url: string }[];
  readonly statusCallback: string;
}

type Answering = (request: CarrierRequest, response: ServerResponse, times: number) => void;

export const accepting: Answering = ({ reference }, response) => {
  response
    .writeHead(201, { 'content-type': 'application/json' })
    .end(JSON.stringify({ id: `sim-${reference}` }));
};

/** A carrier's send API of the test's own: counts every request that comes in and answers as it is told. */
export class CarrierServer {
  readonly requests: CarrierRequest[] = [];
  private readonly answers = new Map<string, Answering>();
  private server: Server | undefined;
  private port = 0;

  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** How texts to this customer are answered from now on; others are accepted. */
  answer(to: string, answering: Answering): void {
    this.answers.set(to, answering);
  }

  to(customer: string): string[] {
    return this.requests.filter(({ to }) => to === customer).map(({ text }) => text);
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
    if (this.server?.listening) await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const sent = JSON.parse(body) as CarrierRequest;
    this.requests.push(sent);
    (this.answers.get(sent.to) ?? accepting)(sent, response, this.to(sent.to).length);
  }
}
