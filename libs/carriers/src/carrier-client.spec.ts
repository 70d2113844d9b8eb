import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CarrierClient } from './carrier-client.js';
import { twilio } from './twilio/twilio.carrier.js';

const open: { close(done: () => void): unknown }[] = [];
const timeouts = { connectTimeoutMs: 500, answerTimeoutMs: 300 };

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise<void>((done) => server.close(done))));
});

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (answer: (response: ServerResponse) => void) =>
  listening(createServer((request, response) => void request.resume().on('end', () => answer(response))));

const allowing = (origin: string) =>
  new CarrierClient({ ...timeouts, allowedOrigins: new Set([new URL(origin).origin]) });

const send = (apiBase: string, client = allowing(apiBase)) =>
  client.send(
    twilio,
    { messageId: 'ms_1', from: '+12125550101', to: '+14155550123', text: 'hi', media: [], at: new Date(0) },
    {
      id: 'a',
      publicUrl: 'https://x.example/',
      settings: { accountSid: 'AC1', apiBase },
      secrets: { authToken: 'hush-hush-token' },
    },
  );

describe('CarrierClient', () => {
  it('tells the id of what was taken', async () => {
    const base = await answering((response) =>
      response.writeHead(201).end('{"sid":"SM1","num_segments":"2"}'),
    );
    expect(await send(base)).toEqual({ kind: 'accepted', retryable: false, providerId: 'SM1', segments: 2 });
  });

  it('knows that nothing was sent where nobody listens, or where the name does not exist', async () => {
    const gone = createTcpServer();
    const base = await listening(gone);
    await new Promise<void>((done) => gone.close(() => done()));
    open.length = 0;
    expect(await send(base)).toMatchObject({ kind: 'unreachable', retryable: true });
    expect(await send('http://no-such-host.invalid')).toMatchObject({ kind: 'unreachable', retryable: true });
  });

  it('knows that nothing was sent where the other side goes away before keys are agreed on', async () => {
    const base = await listening(
      createTcpServer((socket) => void socket.once('data', () => socket.destroy())),
    );
    const outcome = await send(base.replace('http:', 'https:'));
    expect(outcome).toMatchObject({ kind: 'unreachable', retryable: true });
  });

  it('does not know after a time-out', async () => {
    const base = await answering(() => undefined);
    expect(await send(base)).toMatchObject({ kind: 'unknown', retryable: false });
  });

  it('does not know when the connection broke after the request was sent', async () => {
    const base = await listening(
      createTcpServer((socket) => void socket.once('data', () => socket.resetAndDestroy())),
    );
    expect(await send(base)).toMatchObject({ kind: 'unknown', retryable: false });
  });

  it('does not know when the answer broke off', async () => {
    const base = await answering((response) => {
      response.writeHead(201, { 'content-length': '100' });
      response.write('{"sid":', () => response.destroy());
    });
    expect(await send(base)).toMatchObject({ kind: 'unknown' });
  });

  it('keeps secrets out of what it says', async () => {
    const base = await answering((response) =>
      response.writeHead(400).end('{"code":1,"message":"bad token hush-hush-token, Basic QUMxOmh1c2g="}'),
    );
    expect(await send(base)).toMatchObject({
      kind: 'rejected',
      description: 'bad token [redacted], Basic [redacted]',
    });
  });

  it.each([
    ['http://127.0.0.1:PORT', '127.0.0.1'],
    ['http://2130706433:PORT', '127.0.0.1'],
    ['http://[::ffff:127.0.0.1]:PORT', '[::ffff:7f00:1]'],
    ['http://inside.example:PORT', 'inside.example'],
    ['http://169.254.169.254', '169.254.169.254'],
    ['file:///etc/passwd', ''],
    ['nonsense', 'nonsense'],
  ])('refuses %s, which is not on the public internet, without a call', async (address, host) => {
    let calls = 0;
    const base = await answering((response) => {
      calls += 1;
      response.writeHead(400).end('{"code":1,"message":"what only insiders may read"}');
    });
    const client = new CarrierClient({
      ...timeouts,
      resolver: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const outcome = await send(address.replace('PORT', new URL(base).port), client);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      description: expect.stringContaining(`Twilio was not called: "${host}`),
    });
    expect(outcome).toMatchObject({ description: expect.stringContaining('An Admin has to correct') });
    expect(calls).toBe(0);
  });
});
