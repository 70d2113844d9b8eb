import type { Socket } from 'node:net';
import { fail, ok, type Result } from '@partyline/kernel';
import { Framer } from './framer.js';
import { decodePdu, encodePdu, frameCommand, frameSequence, type Pdu, type PduFields } from './pdu.js';

const ESME_RINVCMDID = 0x03;
const DELIVER_SM = 0x05;
const DATA_SM = 0x103;
const LINGER_MS = 500;
const MOST_SEQUENCE = 0x7fffffff;

/** Something that the SMSC hands over and waits to hear about. */
export interface Delivery {
  readonly frame: Buffer;
  readonly command: 'deliver_sm' | 'data_sm';
  readonly sequence: number;
  readonly pdu: Result<Pdu, string>;
}

/** Why there is no answer. `written`: the SMSC may have the question all the same. */
export interface NoAnswer {
  readonly written: boolean;
  readonly reason: string;
}

export interface LinkOptions {
  /** How long the SMSC may take to answer, milliseconds. */
  readonly answerMs: number;
  /** After how much silence it is asked whether it is still there, milliseconds. */
  readonly enquireMs: number;
  /** How many texts may be with the SMSC at a time without its answer. */
  readonly window: number;
  delivered(delivery: Delivery, link: SmppLink): void;
}

interface Waiting {
  readonly settle: (answer: Result<Pdu, NoAnswer>) => void;
  readonly timer: NodeJS.Timeout;
}

/** One connection to an SMSC. Whatever comes in, it neither throws nor goes deaf: it answers, or it closes. */
export class SmppLink {
  /** Resolves with the reason. */
  readonly closed: Promise<string>;
  private readonly waiting = new Map<number, Waiting>();
  private readonly framer = new Framer();
  private readonly enquiring: NodeJS.Timeout;
  private resolveClosed: (reason: string) => void = () => {};
  private reason: string | null = null;
  private inLine: (() => void)[] = [];
  private submitting = 0;
  private sequence = 0;
  private heardAt = performance.now();
  /** Came with what was read before the pause. */
  private unread: Buffer[] = [];
  private paused = false;

  constructor(
    private readonly socket: Socket,
    private readonly options: LinkOptions,
  ) {
    this.closed = new Promise((resolve) => (this.resolveClosed = resolve));
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error) => this.close(error.message));
    socket.on('close', () => this.close('the SMSC closed the connection'));
    this.enquiring = setInterval(() => void this.enquireIfSilent(), options.enquireMs);
  }

  get isOpen(): boolean {
    return this.reason === null;
  }

  /** Asks the SMSC something. Never rejects. */
  ask(
    command: string,
    fields: PduFields = {},
    answerMs = this.options.answerMs,
  ): Promise<Result<Pdu, NoAnswer>> {
    if (this.reason !== null) return Promise.resolve(fail({ written: false, reason: this.reason }));
    this.sequence = this.sequence >= MOST_SEQUENCE ? 1 : this.sequence + 1;
    const sequence = this.sequence;
    const frame = encodePdu(command, fields, sequence);
    return new Promise((resolve) => {
      const settle = (answer: Result<Pdu, NoAnswer>): void => {
        clearTimeout(timer);
        this.waiting.delete(sequence);
        resolve(answer);
      };
      const timer = setTimeout(
        () => settle(fail({ written: true, reason: `the SMSC did not answer within ${answerMs} ms` })),
        answerMs,
      );
      this.waiting.set(sequence, { settle, timer });
      this.socket.write(frame);
    });
  }

  /** Hands over a text, when fewer than a window full of others wait for their answers. Never rejects. */
  async submit(fields: PduFields, withinMs: number): Promise<Result<Pdu, NoAnswer>> {
    const until = performance.now() + withinMs;
    while (this.submitting >= this.options.window && this.isOpen) {
      const left = until - performance.now();
      if (left <= 0)
        return fail({ written: false, reason: 'the SMSC has not answered enough of the texts before' });
      await this.room(left);
    }
    this.submitting += 1;
    try {
      const left = Math.max(1, until - performance.now());
      return await this.ask('submit_sm', fields, Math.min(this.options.answerMs, left));
    } finally {
      this.submitting -= 1;
      this.inLine.shift()?.();
    }
  }

  /** false: the SMSC cannot hear it any more. */
  answer({ command, sequence }: Pick<Delivery, 'command' | 'sequence'>, status: number): boolean {
    return this.write(encodePdu(`${command}_resp`, {}, sequence, status));
  }

  /** Nothing more is taken until `resume()`, not even of what came together with the last text. */
  pause(): void {
    this.paused = true;
    this.socket.pause();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.takeUnread();
    if (!this.paused) this.socket.resume();
  }

  /** Says goodbye where that is possible, and closes. */
  async unbind(): Promise<void> {
    if (this.reason === null) await this.ask('unbind', {}, Math.min(2_000, this.options.answerMs));
    this.close('we unbound');
  }

  close(reason: string): void {
    if (this.reason !== null) return;
    this.reason = reason;
    clearInterval(this.enquiring);
    // What was written before is still sent, to whoever is there.
    this.socket.end();
    setTimeout(() => this.socket.destroy(), LINGER_MS).unref();
    for (const { settle } of this.waiting.values()) settle(fail({ written: true, reason }));
    for (const next of this.inLine) next();
    this.resolveClosed(reason);
  }

  private room(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const next = (): void => {
        clearTimeout(timer);
        this.inLine = this.inLine.filter((one) => one !== next);
        resolve();
      };
      const timer = setTimeout(next, withinMs);
      this.inLine.push(next);
    });
  }

  private write(frame: Buffer): boolean {
    return this.reason === null && (this.socket.write(frame), true);
  }

  private read(chunk: Buffer): void {
    this.heardAt = performance.now();
    try {
      this.unread.push(...this.framer.push(chunk));
      this.takeUnread();
    } catch (error) {
      this.close(error instanceof Error ? error.message : String(error));
    }
  }

  private takeUnread(): void {
    while (!this.paused && this.reason === null) {
      const frame = this.unread.shift();
      if (!frame) return;
      this.take(frame);
    }
  }

  private take(frame: Buffer): void {
    const sequence = frameSequence(frame);
    const id = frameCommand(frame);
    const pdu = decodePdu(frame);
    if (id === DELIVER_SM || id === DATA_SM) {
      const command = id === DELIVER_SM ? 'deliver_sm' : 'data_sm';
      return this.options.delivered({ frame, command, sequence, pdu }, this);
    }
    // An answer that cannot be read settles its question, too: nothing else ever will.
    if (id >= 0x80000000) {
      const readable = pdu.ok
        ? ok(pdu.value)
        : fail({ written: true, reason: `the SMSC's answer: ${pdu.error}` });
      return this.waiting.get(sequence)?.settle(readable);
    }
    const command = pdu.ok ? pdu.value.command : 'unknown';
    if (command === 'alert_notification' || command === 'outbind') return;
    if (command === 'enquire_link') this.write(encodePdu('enquire_link_resp', {}, sequence));
    else if (command === 'unbind') {
      this.write(encodePdu('unbind_resp', {}, sequence));
      this.close('the SMSC unbound');
    } else this.write(encodePdu('generic_nack', {}, sequence, ESME_RINVCMDID));
  }

  private async enquireIfSilent(): Promise<void> {
    // Who does not listen cannot say that the other is silent.
    if (this.paused || performance.now() - this.heardAt < this.options.enquireMs / 2) return;
    const answer = await this.ask('enquire_link');
    if (!answer.ok) this.close(`the connection is dead: ${answer.error.reason}`);
  }
}
