import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { smppAccountProblem } from '../smpp.account.js';
import { SmppBind, type BindOptions, type BindState } from './bind.js';
import { connectSmsc } from './connect.js';
import type { SmppLink } from './link.js';

const pem = (name: string): string =>
  readFileSync(new URL(`../fixtures/localhost.${name}.pem`, import.meta.url), 'utf8');
const [BIND, ENQUIRE_LINK, SUBMIT_SM, UNBIND, UNBOUND] = [0x2, 0x15, 0x4, 0x6, 0x80000006];
const [GENERIC_NACK, ENQUIRE_LINK_RESP] = [0x80000000, 0x80000015];

interface Heard {
  readonly command: number;
  readonly sequence: number;
  readonly status: number;
}
/** An SMSC of a few lines, which says what it is told to. */
interface Smsc {
  readonly port: number;
  readonly heard: Heard[];
  readonly sockets: Socket[];
  answer(heard: Heard, socket: Socket): void;
}

const open: { readonly servers: Server[]; readonly binds: SmppBind[] } = { servers: [], binds: [] };

afterEach(async () => {
  await Promise.all(open.binds.splice(0).map((bind) => bind.stop()));
  await Promise.all(
    open.servers.splice(0).map((server) => new Promise<void>((done) => server.close(() => done()))),
  );
});

const pdu = (command: number, sequence: number, body = '', status = 0): Buffer => {
  const frame = Buffer.concat([Buffer.alloc(16), Buffer.from(body, 'hex')]);
  [frame.length, command, status, sequence].forEach((value, index) => frame.writeUInt32BE(value, index * 4));
  return frame;
};
const answering = ({ command, sequence }: Heard, socket: Socket): void =>
  void socket.write(pdu((command | 0x80000000) >>> 0, sequence, command === BIND ? '7300' : ''));

async function smscOf(change: Partial<Smsc> = {}, tls = false): Promise<Smsc> {
  const heard: Heard[] = [];
  const sockets: Socket[] = [];
  const join = (socket: Socket): void => {
    sockets.push(socket);
    let pending = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 16 && pending.length >= pending.readUInt32BE(0)) {
        const one = {
          command: pending.readUInt32BE(4),
          status: pending.readUInt32BE(8),
          sequence: pending.readUInt32BE(12),
        };
        pending = pending.subarray(pending.readUInt32BE(0));
        heard.push(one);
        if (one.command < 0x80000000) smsc.answer(one, socket);
      }
    });
  };
  const server = tls ? createTlsServer({ key: pem('key'), cert: pem('cert') }, join) : createServer(join);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.servers.push(server);
  const smsc: Smsc = {
    port: (server.address() as AddressInfo).port,
    heard,
    sockets,
    answer: answering,
    ...change,
  };
  return smsc;
}

function bindTo({ port }: Smsc, change: Partial<BindOptions> = {}, settings: Record<string, string> = {}) {
  const states: BindState[] = [];
  const address = { host: '127.0.0.1', port: String(port), systemId: 'acme', ...settings };
  expect(smppAccountProblem(address, ['bindPassword'])).toBeNull();
  const scheme = settings['tls'] === 'yes' ? 'smpps' : 'smpp';
  const bind = new SmppBind({
    role: 'transmitter',
    account: { id: 'a', publicUrl: '', settings: address, secrets: { bindPassword: 'hush-hush' } },
    connect: { timeoutMs: 2_000, allowedOrigins: new Set([`${scheme}://${address.host}:${port}`]) },
    answerMs: 300,
    enquireMs: 60_000,
    firstPauseMs: 10,
    mostPauseMs: 50,
    window: 2,
    delivered: () => {},
    changed: (state) => void states.push(state),
    ...change,
  });
  open.binds.push(bind);
  bind.start();
  return { bind, states };
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !condition(); turn += 1) await new Promise((done) => setTimeout(done, 10));
  expect(condition()).toBe(true);
}
/** Also where it is being made again. */
async function linkOf(bind: SmppBind): Promise<SmppLink> {
  for (let turn = 0; turn < 500; turn += 1) {
    const link = await bind.link(5_000);
    if (link.ok) return link.value;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('it was never bound');
}

describe('a bind', () => {
  it('is encrypted where the account says so, and made with nobody whose certificate does not fit', async () => {
    const smsc = await smscOf({}, true);
    const connect = { timeoutMs: 2_000, allowedOrigins: new Set([`smpps://localhost:${smsc.port}`]) };
    const settings = { host: 'localhost', tls: 'yes' };
    const trusting = bindTo(smsc, { connect: { ...connect, ca: pem('cert') } }, settings);
    expect((await linkOf(trusting.bind)).isOpen).toBe(true);
    const strict = bindTo(smsc, { connect }, settings);
    expect(await strict.bind.link(5_000)).toMatchObject({
      ok: false,
      error: { kind: 'unreachable', reason: expect.stringMatching(/certificate/i) },
    });
  });

  it('answers what an SMSC asks, and refuses what nobody knows', async () => {
    const smsc = await smscOf();
    await linkOf(bindTo(smsc).bind);
    smsc.sockets[0]?.write(Buffer.concat([pdu(ENQUIRE_LINK, 5), pdu(0x7777, 6)]));
    await until(() => smsc.heard.some(({ sequence }) => sequence === 6));
    expect(smsc.heard.slice(1)).toEqual([
      { command: ENQUIRE_LINK_RESP, sequence: 5, status: 0 },
      { command: GENERIC_NACK, sequence: 6, status: 3 },
    ]);
  });

  it('is made again when the SMSC says goodbye, and told when we do', async () => {
    const smsc = await smscOf();
    const { bind, states } = bindTo(smsc);
    await linkOf(bind);
    smsc.sockets[0]?.write(pdu(UNBIND, 9));
    await until(() => states.length === 3);
    expect(smsc.heard).toContainEqual({ command: UNBOUND, sequence: 9, status: 0 });
    expect(states.map(({ kind }) => kind)).toEqual(['bound', 'unbound', 'bound']);
    await bind.stop();
    expect(smsc.heard.at(-1)?.command).toBe(UNBIND);
  });

  it('with an SMSC that binds us and hangs up is made more and more seldom', async () => {
    const times: number[] = [];
    const smsc = await smscOf({
      answer: (heard, socket) => {
        times.push(performance.now());
        socket.end(pdu(0x80000002, heard.sequence, '7300'));
      },
    });
    bindTo(smsc, { firstPauseMs: 20, mostPauseMs: 5_000 });
    await until(() => times.length === 6);
    // The fifth pause is 20 ms, doubled four times, and at least three quarters of that.
    expect((times[5] ?? 0) - (times[4] ?? 0)).toBeGreaterThan(200);
  });

  it.each([
    ['ESME_RALYBND', 0x05, 'holds a bind of this system id already'],
    ['ESME_RBINDFAIL', 0x0d, 'does not know the system id or the password'],
  ])('that is refused with %s says what may be wrong, and is tried again', async (name, status, words) => {
    const smsc = await smscOf({
      answer: ({ sequence }, socket) => void socket.end(pdu(0x80000002, sequence, '', status)),
    });
    const { bind } = bindTo(smsc);
    const refused = await bind.link(5_000);
    expect(refused).toMatchObject({ error: { kind: 'unreachable' } });
    expect(JSON.stringify(refused)).toContain(name);
    expect(JSON.stringify(refused)).toContain(words);
    await until(() => smsc.sockets.length > 1);
  });

  it('with an SMSC that went silent is given up and made again', async () => {
    let isSilent = false;
    const smsc = await smscOf({
      answer: (heard, socket) =>
        isSilent && heard.command === ENQUIRE_LINK ? undefined : answering(heard, socket),
    });
    const { states } = bindTo(smsc, { enquireMs: 50, answerMs: 100 });
    await until(() => smsc.heard.some(({ command }) => command === ENQUIRE_LINK));
    isSilent = true;
    await until(() => smsc.sockets.length > 1);
    expect(states).toContainEqual({
      kind: 'unbound',
      problem: { kind: 'unreachable', reason: expect.stringContaining('the connection is dead') },
    });
  });

  it('is stopped at once, whatever it waits for', async () => {
    const smsc = await smscOf({ answer: () => {} });
    const { bind } = bindTo(smsc, { answerMs: 60_000 });
    await until(() => smsc.heard.length === 1);
    const started = performance.now();
    await bind.stop();
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('tells no password, whatever the SMSC says', async () => {
    const smsc = await smscOf({
      answer: ({ sequence }, socket) => void socket.end(pdu(0x80000002, sequence, '', 0x0e)),
    });
    const { bind } = bindTo(smsc);
    const refused = await bind.link(5_000);
    expect(refused).toMatchObject({
      error: { kind: 'credentials', reason: expect.stringContaining('ESME_RINVPASWD') },
    });
    expect(JSON.stringify(refused)).not.toContain('hush-hush');
  });
});

describe('texts over a bind', () => {
  it('are with the SMSC a window full at a time', async () => {
    const waiting: (() => void)[] = [];
    const smsc = await smscOf({
      answer: (heard, socket) =>
        void (heard.command === SUBMIT_SM
          ? waiting.push(() => socket.write(pdu(0x80000004, heard.sequence, '6100')))
          : answering(heard, socket)),
    });
    const link = await linkOf(bindTo(smsc, { answerMs: 5_000 }).bind);
    const texts = [1, 2, 3, 4].map(() => link.submit({ short_message: Buffer.from('x') }, 5_000));
    await until(() => waiting.length === 2);
    await new Promise((done) => setImmediate(done));
    expect(waiting).toHaveLength(2);
    waiting.shift()?.();
    expect(await texts[0]).toMatchObject({ ok: true, value: { fields: { message_id: 'a' } } });
    await until(() => waiting.length === 2);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await new Promise((done) => setTimeout(done, 10));
    }
    for (const text of texts) expect(await text).toMatchObject({ ok: true });
  });

  it('that no window has room for were surely not sent', async () => {
    const smsc = await smscOf({
      answer: (heard, socket) => (heard.command === SUBMIT_SM ? undefined : answering(heard, socket)),
    });
    const link = await linkOf(bindTo(smsc, { answerMs: 5_000 }).bind);
    const stuck = [1, 2].map(() => link.submit({ short_message: Buffer.from('x') }, 5_000));
    expect(await link.submit({ short_message: Buffer.from('x') }, 50)).toMatchObject({
      error: { written: false },
    });
    link.close('enough');
    for (const text of stuck)
      expect(await text).toMatchObject({ error: { written: true, reason: 'enough' } });
    expect(await link.submit({ short_message: Buffer.from('x') }, 50)).toMatchObject({
      error: { written: false },
    });
  });
});

describe('texts that come faster than they are taken', () => {
  it('wait, also those that came together, and none is taken until there is room', async () => {
    const smsc = await smscOf();
    const taken: number[] = [];
    const link = await linkOf(
      bindTo(smsc, {
        delivered: ({ sequence }, to) => {
          taken.push(sequence);
          if (taken.length % 3 === 0) to.pause();
        },
      }).bind,
    );
    const sent = Array.from({ length: 10 }, (_one, index) => index + 1);
    smsc.sockets[0]?.write(Buffer.concat(sent.map((sequence) => pdu(0x5, sequence))));
    for (const full of [3, 6, 9, 10]) {
      await until(() => taken.length === full);
      await new Promise((done) => setImmediate(done));
      expect(taken).toEqual(sent.slice(0, full));
      link.resume();
    }
    smsc.sockets[0]?.write(pdu(ENQUIRE_LINK, 99));
    await until(() => smsc.heard.some(({ sequence }) => sequence === 99));
  });
});

describe('whatever an SMSC sends', () => {
  it('is answered, or ends the connection; the next one works', async () => {
    const smsc = await smscOf();
    const { bind } = bindTo(smsc, { delivered: (delivery, link) => void link.answer(delivery, 0x65) });
    const noise = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc
        .tuple(fc.constantFrom(0x5, 0x103, 0x15, 0x80000004, 0x21, 0x112), fc.uint8Array({ maxLength: 100 }))
        .map(([command, body]) => pdu(command, 1, Buffer.from(body).toString('hex'))),
    );
    await fc.assert(
      fc.asyncProperty(noise, async (bytes) => {
        await linkOf(bind);
        const socket = smsc.sockets.at(-1);
        socket?.write(bytes);
        socket?.end();
        await until(() => socket?.destroyed === true || socket?.readableEnded === true);
      }),
      { numRuns: 40 },
    );
    expect((await linkOf(bind)).isOpen).toBe(true);
  });
});

describe('where we connect to', () => {
  const address = { host: 'smsc.example', port: 2775, tls: false };
  it.each([
    ['a name that leads inside', address, /not on the public internet/],
    ['an address of ours', { ...address, host: '10.0.0.1' }, /not on the public internet/],
    ['this machine', { ...address, host: '[::1]' }, /not on the public internet/],
  ])('is not %s, unless it is allowed', async (_name, where, reason) => {
    const resolver = (
      _name: string,
      done: (error: null, found: { address: string; family: number }[]) => void,
    ) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    await expect(
      connectSmsc(where, { timeoutMs: 500, allowedOrigins: new Set(['smpp://other:2775']), resolver }),
    ).rejects.toThrow(reason);
  });
});
