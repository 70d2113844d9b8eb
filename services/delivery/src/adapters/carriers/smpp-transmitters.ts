import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import {
  sendBySmpp,
  SmppBind,
  type BindState,
  type OpenAccount,
  type OutboundText,
  type SendOutcome,
} from '@partyline/carriers';
import { Gauge, Registry } from 'prom-client';
import { DeliverySettings } from '../../application/settings.js';

interface Transmitter {
  readonly bind: SmppBind;
  /** Another one where something changed that the bind depends on. */
  readonly version: string;
  sending: number;
  idle: NodeJS.Timeout | undefined;
}

/** How long a bind is kept that nothing is sent over: accounts are switched off, and numbers moved. */
const IDLE_MS = 10 * 60_000;
const ENQUIRE_MS = 30_000;
const CONNECT_MS = 5_000;
const [FIRST_PAUSE_MS, MOST_PAUSE_MS] = [1_000, 60_000];
const WINDOW = 10;
/** What an exchange may take less than its claim has room for, milliseconds. */
const MARGIN_MS = 200;
/** ESME_RMSGQFUL, after which all carriers come again: a text of a customer belongs to whoever is bound to receive. */
const NOT_HERE = 0x14;

/** The transmitter binds of this process, one for each account that it sends through. */
@Injectable()
export class SmppTransmitters implements OnApplicationShutdown {
  private readonly logger = new Logger(SmppTransmitters.name);
  private readonly transmitters = new Map<string, Transmitter>();
  private readonly bound: Gauge<'account'>;
  private readonly ending = new Set<Promise<void>>();

  constructor(
    private readonly settings: DeliverySettings,
    @Inject(Registry) registry: Registry,
  ) {
    this.bound = new Gauge({
      name: 'partyline_delivery_smpp_bound',
      help: 'Of the accounts that this process sends through over SMPP: 1 while it is bound',
      labelNames: ['account'],
      registers: [registry],
    });
  }

  /** Never throws. */
  async send(text: OutboundText, account: OpenAccount): Promise<SendOutcome> {
    const transmitter = this.transmitterOf(account);
    transmitter.sending += 1;
    clearTimeout(transmitter.idle);
    try {
      return await sendBySmpp(transmitter.bind, text, account, this.settings.longestExchangeMs - MARGIN_MS);
    } finally {
      transmitter.sending -= 1;
      this.restAfter(account.id, transmitter);
    }
  }

  /** After the last reply has left. */
  async onApplicationShutdown(): Promise<void> {
    for (const [id, transmitter] of this.transmitters) this.end(id, transmitter);
    await Promise.all(this.ending);
  }

  private transmitterOf(account: OpenAccount): Transmitter {
    const version = JSON.stringify([account.settings, account.secrets]);
    const known = this.transmitters.get(account.id);
    if (known?.version === version) return known;
    if (known) {
      this.transmitters.delete(account.id);
      if (known.sending === 0) this.end(account.id, known);
    }
    const bind = new SmppBind({
      role: 'transmitter',
      account,
      connect: { timeoutMs: CONNECT_MS, allowedOrigins: this.settings.carrierOrigins },
      answerMs: this.settings.carrierTimeoutMs,
      enquireMs: ENQUIRE_MS,
      firstPauseMs: FIRST_PAUSE_MS,
      mostPauseMs: MOST_PAUSE_MS,
      window: WINDOW,
      delivered: (delivery, link) => void link.answer(delivery, NOT_HERE),
      changed: (state) => this.changed(account.id, bind, state),
    });
    const fresh: Transmitter = { bind, version, sending: 0, idle: undefined };
    this.transmitters.set(account.id, fresh);
    bind.start();
    return fresh;
  }

  private restAfter(id: string, transmitter: Transmitter): void {
    if (transmitter.sending > 0) return;
    if (this.transmitters.get(id) !== transmitter) return this.end(id, transmitter);
    transmitter.idle = setTimeout(() => this.end(id, transmitter), IDLE_MS);
  }

  private end(id: string, transmitter: Transmitter): void {
    clearTimeout(transmitter.idle);
    if (this.transmitters.get(id) === transmitter) {
      this.transmitters.delete(id);
      this.bound.remove({ account: id });
    }
    const ended: Promise<void> = transmitter.bind.stop().finally(() => this.ending.delete(ended));
    this.ending.add(ended);
  }

  private changed(id: string, bind: SmppBind, state: BindState): void {
    if (this.transmitters.get(id)?.bind !== bind) return;
    this.bound.set({ account: id }, state.kind === 'bound' ? 1 : 0);
    if (state.kind === 'bound') this.logger.log(`Account "${id}" is bound to send`);
    else if (state.problem) this.logger.warn(`Account "${id}" is not bound to send: ${state.problem.reason}`);
  }
}
