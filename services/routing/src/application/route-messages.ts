import { Injectable } from '@nestjs/common';
import { EventPublisher, type OutgoingEvent } from '@partyline/bus';
import { MessageRouted, type Envelope, type InboundMessage, type Route } from '@partyline/contracts';
import { Clock, derivedId, failpoint } from '@partyline/kernel';
import type { Directory } from '../domain/directory.js';
import { route } from '../domain/route.js';
import { peerKey } from '../domain/text-peer.js';
import {
  dialogueKey,
  DialogueStore,
  type DialogueKey,
  type DialogueSave,
  type StoredDialogue,
} from './dialogue-store.js';
import { Directories } from './directories.js';

type Received = Envelope<InboundMessage>;
const ATTEMPTS = 5;

/** Decides where texts go, in their order, and publishes the decisions. Reads and writes nothing but dialogues. */
@Injectable()
export class RouteMessages {
  constructor(
    private readonly directories: Directories,
    private readonly dialogues: DialogueStore,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  /** Resolves when every decision is on the stream. Rejects otherwise; the same texts may be handled again. */
  async execute(events: readonly Received[]): Promise<void> {
    failpoint('routing.texts-taken');
    const directories = new Map<string, Directory>();
    for (const { tenantId } of events) {
      if (!directories.has(tenantId)) {
        directories.set(tenantId, (await this.directories.get(tenantId)).directory);
      }
    }
    const routes = await this.decide(events, (event) => {
      const directory = directories.get(event.tenantId);
      if (!directory) throw new Error(`The directory of the tenant ${event.tenantId} is not loaded.`);
      return directory;
    });
    const outcomes = await this.publisher.publish(
      events.map((event, index) => {
        const decided = routes[index];
        if (!decided) throw new Error(`The text ${event.data.messageId} has no route.`);
        return this.routed(event, decided);
      }),
    );
    for (const outcome of outcomes) if (!outcome.ok) throw outcome.error;
    failpoint('routing.texts-routed');
  }

  private async decide(
    events: readonly Received[],
    directoryOf: (event: Received) => Directory,
  ): Promise<Route[]> {
    // Most texts need no dialogue, and deciding is cheap: a decision that would remember nothing asks for nothing.
    const first = events.map((event) => route(directoryOf(event), null, event.data, event.data.receivedAt));
    const routes = first.map((decision) => decision.route);
    let open = events.flatMap((event, index) =>
      first[index]?.dialogue ? [{ event, index, key: keyOf(event) }] : [],
    );
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt === ATTEMPTS)
        throw new Error('Other replicas keep changing the same dialogues; trying again.');
      const known = await this.dialogues.load(open.map(({ key }) => key));
      const saves = new Map<string, DialogueSave>();
      for (const { event, index, key } of open) {
        const id = dialogueKey(key);
        const before = saves.get(id)?.dialogue ?? known.get(id)?.dialogue ?? null;
        const decision = route(directoryOf(event), before, event.data, event.data.receivedAt);
        routes[index] = decision.route;
        if (decision.dialogue) {
          saves.set(id, { ...key, dialogue: decision.dialogue, basedOn: revisionOf(known.get(id)) });
        }
      }
      // Remembered before it is told: a text that comes again is decided by what was remembered of it.
      const lost = await this.dialogues.save([...saves.values()]);
      failpoint('routing.dialogues-saved');
      open = open.filter(({ key }) => lost.has(dialogueKey(key)));
    }
    return routes;
  }

  /** The id follows from that of the incoming event, so a text that ingest repeats is not taken for a duplicate here. */
  private routed(event: Received, decided: Route): OutgoingEvent {
    const { tenantId, correlationId, traceparent } = event;
    const { messageId } = event.data;
    return {
      subject: MessageRouted.subject(tenantId),
      envelope: {
        id: derivedId('ev', tenantId, event.id, 'routed'),
        type: MessageRouted.type,
        version: MessageRouted.version,
        occurredAt: this.clock.now().toISOString(),
        tenantId,
        aggregateId: messageId,
        actor: event.actor,
        correlationId,
        causationId: event.id,
        ...(traceparent === undefined ? {} : { traceparent }),
        data: { message: event.data, route: decided },
      },
    };
  }
}

const revisionOf = (stored: StoredDialogue | undefined): number => stored?.revision ?? 0;

function keyOf({ tenantId, data }: Received): DialogueKey {
  return { tenantId, number: data.to, peer: peerKey(data.from, data.group) };
}
