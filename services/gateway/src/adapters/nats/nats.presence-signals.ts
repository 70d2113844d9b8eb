import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { BusConnection } from '@partyline/bus';
import { z } from 'zod';
import { LiveHub } from '../../application/live/live-hub.js';
import { PresenceSignals, type PresenceSignal } from '../../application/live/presence-signals.js';

/** `gateway.<tenant>.presence.v1`: only gateways say and hear it. */
const PATTERN = 'gateway.*.presence.v1';
const subjectOf = (tenantId: string): string => `gateway.${tenantId}.presence.v1`;

const signalSchema = z.object({
  kind: z.enum(['typing', 'viewing']),
  tenantId: z.string(),
  inboxId: z.string(),
  conversationId: z.string(),
  user: z.object({ id: z.string(), name: z.string() }),
  on: z.boolean(),
});

/**
 * Core NATS on purpose, which elsewhere is only for request/reply: such a signal is worth nothing a minute later, so
 * a stream that keeps it safe on disk would only cost. Every gateway hears it, this one included.
 */
@Injectable()
export class NatsPresenceSignals extends PresenceSignals implements OnModuleInit {
  private readonly log = new Logger('Presence');

  constructor(
    private readonly bus: BusConnection,
    private readonly hub: LiveHub,
  ) {
    super();
  }

  onModuleInit(): void {
    // The client subscribes again by itself after a reconnect; the connection may not be there yet now.
    const cancel = this.bus.onConnected(() => {
      queueMicrotask(() => cancel());
      this.bus.get().subscribe(PATTERN, {
        callback: (error, message) => {
          if (error) this.log.warn({ err: error }, 'Signs of presence cannot be heard');
          else this.hear(message.string());
        },
      });
    });
  }

  override spread(signal: PresenceSignal): void {
    // Nobody waits for it: while the bus is away it is dropped.
    if (this.bus.isConnected) this.bus.get().publish(subjectOf(signal.tenantId), JSON.stringify(signal));
  }

  private hear(text: string): void {
    const signal = signalSchema.safeParse(parsed(text));
    if (signal.success) this.hub.signal(signal.data);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
