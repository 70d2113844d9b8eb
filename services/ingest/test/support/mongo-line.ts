import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The line between the service and MongoDB: it can be cut, or go silent as a stopped server would. */
export class MongoLine {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private silent = false;
  private port = 0;

  constructor(private readonly target: string) {}

  static async to(mongoUrl: string): Promise<MongoLine> {
    const line = new MongoLine(new URL(mongoUrl).host);
    await line.open();
    return line;
  }

  /** Straight to this one server, or the driver would go around the line. */
  get url(): string {
    return `mongodb://127.0.0.1:${this.port}/?directConnection=true`;
  }

  async open(): Promise<void> {
    const server = createServer((socket) => this.join(socket));
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** Whoever talks is cut off, nobody gets through. */
  async cut(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await new Promise<void>((done) => {
      server?.close(() => done());
      for (const socket of this.sockets) socket.destroy();
    });
  }

  /** Connections stay, nothing passes. */
  goSilent(silent: boolean): void {
    this.silent = silent;
    for (const socket of this.sockets) {
      if (silent) socket.pause();
      else socket.resume();
    }
  }

  private join(near: Socket): void {
    const [host, port] = this.target.split(':');
    const far = connect(Number(port), host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (part) => to.write(part));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.silent) from.pause();
    }
  }
}
