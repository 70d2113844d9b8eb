// An SMSC as a process of its own, told what to do by its parent (see libs/testing/src/smsc.ts).
import { createServer } from 'node:net';
import { COMMANDS, deliverBody, frame, readBind, readSubmit, response, split, words } from './wire.mjs';

const RECEIVES = new Set([COMMANDS.bind_receiver, COMMANDS.bind_transceiver]);
const BINDS = new Set([COMMANDS.bind_receiver, COMMANDS.bind_transmitter, COMMANDS.bind_transceiver]);
const [ESME_RINVPASWD, ESME_RINVBNDSTS, ESME_RINVCMDID] = [0x0e, 0x04, 0x03];
/** ESME_RMSGQFUL and ESME_RTHROTTLED. Everything else ends it, for good or bad, even ESME_RX_T_APPN: as Vonage has it. */
const COME_AGAIN = new Set([0x14, 0x58]);

const settings = {
  password: 'secret',
  receipts: 'none',
  receiptIds: 'decimal',
  loseAnswers: 0,
  mute: false,
  retryMs: 100,
  window: 10,
};
const rules = new Map();
const sessions = new Set();
/** Texts for the ESME, until it has taken them: as a real SMSC, it hands them over again and again. */
const queue = [];
let ids = 1000;

const tell = (event, facts = {}) => process.send?.({ event, ...facts });

const server = createServer((socket) => {
  const session = { socket, bound: 0, sequence: 0, inFlight: new Map(), pending: Buffer.alloc(0) };
  sessions.add(session);
  socket.on('data', (chunk) => {
    const { pdus, rest } = split(Buffer.concat([session.pending, chunk]));
    session.pending = rest;
    for (const pdu of pdus) take(session, pdu);
  });
  socket.on('error', () => {});
  socket.on('close', () => end(session));
});

function end(session) {
  if (!sessions.delete(session)) return;
  for (const text of session.inFlight.values()) text.waiting = true;
  if (session.bound) tell('unbound', { command: session.bound });
  handOver();
}

function take(session, pdu) {
  if (settings.mute) return;
  if (pdu.isResponse) return pdu.command === COMMANDS.enquire_link ? undefined : answered(session, pdu);
  if (BINDS.has(pdu.command)) return bind(session, pdu);
  if (pdu.command === COMMANDS.enquire_link) return session.socket.write(response(pdu));
  if (pdu.command === COMMANDS.unbind) return session.socket.end(response(pdu));
  if (pdu.command === COMMANDS.submit_sm) return submit(session, pdu);
  session.socket.write(frame(COMMANDS.generic_nack, pdu.sequence, Buffer.alloc(0), ESME_RINVCMDID));
}

function bind(session, pdu) {
  const { systemId, password } = readBind(pdu.body);
  if (password !== settings.password) {
    tell('refused', { systemId });
    return session.socket.end(response(pdu, ESME_RINVPASWD));
  }
  session.bound = pdu.command;
  session.socket.write(response(pdu, 0, words('smsc')));
  tell('bound', { command: pdu.command, systemId });
  handOver();
}

function submit(session, pdu) {
  if (session.bound === COMMANDS.bind_receiver || session.bound === 0) {
    return session.socket.write(response(pdu, ESME_RINVBNDSTS));
  }
  const text = readSubmit(pdu.body);
  const rule = rules.get(text.to.digits);
  const step = rule?.shift() ?? 'take';
  const { content, optional, ...rest } = text;
  const hex = Object.fromEntries(
    Object.entries(optional).map(([tag, value]) => [tag, value.toString('hex')]),
  );
  ids += 1;
  const id = ids;
  tell('submitted', { ...rest, id, step, content: content.toString('hex'), optional: hex });
  if (typeof step === 'number') return session.socket.write(response(pdu, step, words('')));
  if (step === 'cut') return session.socket.destroy();
  if (step === 'silent') return undefined;
  session.socket.write(response(pdu, 0, words(id.toString(settings.receiptIds === 'hex-decimal' ? 16 : 10))));
  if (text.registered === 1 && settings.receipts !== 'none') receipt(text, id);
}

function receipt({ from, to }, id) {
  const said = `id:${id} sub:001 dlvrd:001 submit date:2611301200 done date:2611301201 stat:${settings.receipts} err:000 text:`;
  const content = Buffer.from(said, 'latin1').toString('hex');
  enqueue({ from: to.digits, to: from.digits, esmClass: 4, content }, `receipt-${id}`);
}

function enqueue(given, key) {
  const command = given.command === 'data_sm' ? COMMANDS.data_sm : COMMANDS.deliver_sm;
  queue.push({ key, command, body: deliverBody(given), waiting: true, tries: 0 });
  handOver();
}

function handOver() {
  const session = [...sessions].find(({ bound }) => RECEIVES.has(bound));
  if (!session || settings.mute) return;
  for (const text of queue) {
    if (!text.waiting || session.inFlight.size >= settings.window) continue;
    text.waiting = false;
    text.tries += 1;
    session.sequence += 1;
    session.inFlight.set(session.sequence, text);
    session.socket.write(frame(text.command, session.sequence, text.body));
  }
}

function answered(session, { sequence, status }) {
  const text = session.inFlight.get(sequence);
  if (!text) return;
  if (settings.loseAnswers > 0) {
    settings.loseAnswers -= 1;
    return session.socket.destroy();
  }
  session.inFlight.delete(sequence);
  tell('answered', { key: text.key, status, tries: text.tries });
  if (COME_AGAIN.has(status)) {
    setTimeout(() => {
      text.waiting = true;
      handOver();
    }, settings.retryMs);
  } else queue.splice(queue.indexOf(text), 1);
  handOver();
}

const ORDERS = {
  set: (given) => Object.assign(settings, given),
  rule: ({ to, steps }) => rules.set(to, steps),
  deliver: ({ key, ...given }) => enqueue(given, key),
  raw: ({ hex }) =>
    [...sessions].find(({ bound }) => RECEIVES.has(bound))?.socket.write(Buffer.from(hex, 'hex')),
  cut: () => [...sessions].map(({ socket }) => socket.destroy()),
  binds: () => [...sessions].map(({ bound }) => bound).filter((bound) => bound !== 0),
};

process.on('message', ({ order, call, ...given }) => {
  const answer = ORDERS[order](given);
  process.send?.({ call, answer: order === 'binds' ? answer : null });
});
process.on('disconnect', () => process.exit());
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  tell('listening', { port: server.address().port }),
);
