import { Injectable } from '@nestjs/common';
import type { Refusal, Viewer, webhookBody, webhookChangeBody } from '@partyline/contracts';
import { Clock, newId } from '@partyline/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { managesUsers } from '../../domain/person.js';
import { rotated, toldAgain, type Delivery, type Endpoint } from '../../domain/webhook.js';
import { PeopleStore } from '../people-store.js';
import { DeliveryStore, EndpointStore, WebhookPost, WebhookQueue, WebhookSecrets } from './ports.js';

export type Answer<V> = { ok: true; value: V } | { ok: false; error: Refusal };
type WithSecret = { readonly endpoint: Endpoint; readonly secret: string };

/** More than any company needs; each costs a request for every event. */
const MOST_ENDPOINTS = 20;

const ok = <V>(value: V): Answer<V> => ({ ok: true, value });
const refuse = (code: Refusal['code'], message: string): { ok: false; error: Refusal } => ({
  ok: false,
  error: { code, message },
});
const NO_ENDPOINT = refuse('NOT_FOUND', 'There is no such webhook.');

/** What an Admin does with the endpoints of webhooks. Every method begins with who asks. */
@Injectable()
export class ManageWebhooks {
  constructor(
    private readonly endpoints: EndpointStore,
    private readonly deliveries: DeliveryStore,
    private readonly people: PeopleStore,
    private readonly secrets: WebhookSecrets,
    private readonly http: WebhookPost,
    private readonly queue: WebhookQueue,
    private readonly clock: Clock,
  ) {}

  async list(viewer: Viewer): Promise<Answer<readonly Endpoint[]>> {
    return (await this.refusal(viewer)) ?? ok(await this.endpoints.list(viewer.tenantId));
  }

  /** Once for each id, however often it comes. */
  async create(
    viewer: Viewer,
    input: z.infer<typeof webhookBody>,
    id: string = newId('we'),
  ): Promise<Answer<WithSecret>> {
    const refused = (await this.refusal(viewer)) ?? this.refusesUrl(input.url);
    if (refused) return refused;
    if (!this.secrets.usable) {
      return refuse(
        'UNAVAILABLE',
        'Webhooks need PARTYLINE_SECRETS_KEY, which is not set on this installation.',
      );
    }
    const { tenantId } = viewer;
    const there = await this.endpoints.find(tenantId, id);
    if (there) return this.madeBefore(there, input);
    if ((await this.endpoints.list(tenantId)).length >= MOST_ENDPOINTS) {
      return refuse('IN_USE', `There are ${MOST_ENDPOINTS} webhooks already: remove one first.`);
    }
    const secret = this.secrets.make();
    const now = this.clock.now();
    const endpoint: Endpoint = {
      tenantId,
      id,
      url: input.url,
      description: input.description,
      events: [...new Set(input.events)],
      active: true,
      createdAt: now,
      failingSince: null,
      disabledBecause: null,
      secrets: [{ sealed: this.secrets.seal(id, secret), goodUntil: null, madeBy: id, madeAt: now }],
    };
    if (!(await this.endpoints.insert(endpoint))) return this.create(viewer, input, id);
    return ok({ endpoint, secret });
  }

  async change(
    viewer: Viewer,
    id: string,
    change: z.infer<typeof webhookChangeBody>,
  ): Promise<Answer<Endpoint>> {
    const { url, description, events, active } = change;
    const refused = (await this.refusal(viewer)) ?? (url === undefined ? null : this.refusesUrl(url));
    if (refused) return refused;
    const changed = await this.endpoints.update(viewer.tenantId, id, {
      ...(url === undefined ? {} : { url }),
      ...(description === undefined ? {} : { description }),
      ...(events === undefined ? {} : { events: [...new Set(events)] }),
      ...(active === undefined ? {} : { active }),
      ...(active === true ? { failingSince: null, disabledBecause: null } : {}),
    });
    return changed ? ok(changed) : NO_ENDPOINT;
  }

  async remove(viewer: Viewer, id: string): Promise<Answer<{ id: string }>> {
    const refused = await this.refusal(viewer);
    if (refused) return refused;
    return (await this.endpoints.remove(viewer.tenantId, id)) ? ok({ id }) : NO_ENDPOINT;
  }

  /** Once for each `rotationId`: a second time would end the secret that the receiver still has. */
  async rotate(viewer: Viewer, id: string, rotationId: string = newId('ro')): Promise<Answer<WithSecret>> {
    const refused = await this.refusal(viewer);
    if (refused) return refused;
    const found = await this.endpoints.find(viewer.tenantId, id);
    if (!found) return NO_ENDPOINT;
    const now = this.clock.now();
    const again = toldAgain(found, rotationId, now);
    if (again !== null) return this.tellAgain(found, again);
    const secret = this.secrets.make();
    const secrets = rotated(found, { sealed: this.secrets.seal(id, secret), madeBy: rotationId }, now);
    const newest = found.secrets[0]?.sealed ?? '';
    const endpoint = await this.endpoints.replaceSecrets(viewer.tenantId, id, newest, secrets);
    return endpoint ? ok({ endpoint, secret }) : this.rotate(viewer, id, rotationId);
  }

  async log(viewer: Viewer, id: string, limit: number): Promise<Answer<readonly Delivery[]>> {
    const refused = await this.refusal(viewer);
    if (refused) return refused;
    if (!(await this.endpoints.find(viewer.tenantId, id))) return NO_ENDPOINT;
    return ok(await this.deliveries.list(viewer.tenantId, id, limit));
  }

  async resend(viewer: Viewer, id: string, deliveryId: string): Promise<Answer<Delivery>> {
    const refused = await this.refusal(viewer);
    if (refused) return refused;
    const delivery = await this.deliveries.reopen(viewer.tenantId, id, deliveryId, this.clock.now());
    if (!delivery) return refuse('NOT_FOUND', 'There is no such delivery any more.');
    await this.queue.add([delivery]);
    return ok(delivery);
  }

  private madeBefore(there: Endpoint, asked: z.infer<typeof webhookBody>): Answer<WithSecret> {
    const isAsAsked =
      there.url === asked.url &&
      there.description === asked.description &&
      isDeepStrictEqual(new Set(there.events), new Set(asked.events));
    if (isAsAsked) return this.tellAgain(there, toldAgain(there, there.id, this.clock.now()) ?? 'gone');
    return refuse(
      'IN_USE',
      'This Idempotency-Key made another webhook before, or that was changed since. Look at it, or send a new key.',
    );
  }

  private tellAgain(endpoint: Endpoint, made: NonNullable<ReturnType<typeof toldAgain>>): Answer<WithSecret> {
    if (made !== 'gone') return ok({ endpoint, secret: this.secrets.open(endpoint.id, made.sealed) });
    return refuse(
      'IN_USE',
      'This Idempotency-Key made a secret of this webhook before, which is told no more. Rotate it with a new key.',
    );
  }

  private async refusal({ tenantId, userId }: Viewer): Promise<{ ok: false; error: Refusal } | null> {
    const person = (await this.people.find(tenantId, [userId])).get(userId);
    return person && managesUsers(person)
      ? null
      : refuse('FORBIDDEN', 'Your role does not allow you to manage webhooks.');
  }

  private refusesUrl(url: string): { ok: false; error: Refusal } | null {
    const reason = this.http.refuses(url);
    return reason === null
      ? null
      : {
          ok: false,
          error: { code: 'VALIDATION', message: reason, issues: [{ path: 'url', message: reason }] },
        };
  }
}
