// @ts-check
// The inbox service as it runs in production, alone, and whoever calls it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { MessageReceived, MessageRouted } from '@partyline/contracts';
import { messageId, newId } from '@partyline/kernel';
import { freePort } from '../../../bench/product.mjs';
import { inboxOf, numberOf, peerOf, TENANT } from './company.mjs';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** The service ends with this process, however that ends. */
const WITH_PARENT = new URL('../../../tools/src/exit-with-parent.mjs', import.meta.url).href;
const NEIGHBOURS = ['routing', 'accounts', 'delivery'];

/** @typedef {Awaited<ReturnType<typeof startInbox>>} Inbox */

/**
 * @param {import('../../../tools/src/servers/index.d.mts').RunningServers} servers
 * @param {string} prefix of the database
 */
export async function startInbox(servers, prefix) {
  const { host, username, password } = new URL(servers.adminNatsUrl);
  const nats = await connect({ servers: host, user: username, pass: password });
  const manager = await jetstreamManager(nats);
  for (const name of NEIGHBOURS) {
    await manager.streams.add({ name, subjects: [`${name}.>`] });
    await manager.streams.purge(name);
  }
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', WITH_PARENT, MAIN], {
    env: {
      ...process.env,
      PORT: String(port),
      PARTYLINE_HOST: '127.0.0.1',
      MONGODB_URL: servers.mongodbUrl,
      MONGODB_DB_PREFIX: prefix,
      NATS_URL: servers.natsUrls.inbox,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await nats.close();
  };
  for (;;) {
    if (child.exitCode !== null) {
      await nats.close();
      throw new Error(`The inbox service ended with ${child.exitCode}`);
    }
    const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) break;
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 100))]);
  }

  /** Who waits for a text to stand in its conversation, by message id. @type {Map<string, (at: number) => void>} */
  const waiting = new Map();
  nats.subscribe(MessageReceived.subject(TENANT, 'any').replace('.any.', '.*.'), {
    callback: (_, message) => {
      const at = performance.now();
      const { event } = message.json().data;
      waiting.get(event.messageId)?.(at);
      waiting.delete(event.messageId);
    },
  });
  await nats.flush();
  const js = jetstream(nats);

  return {
    /**
     * @param {import('@partyline/contracts').CallDefinition<any, any>} definition
     * @param {string} userId
     * @param {Record<string, unknown>} request
     * @returns {Promise<any>} the answer, a refusal too
     */
    async ask(definition, userId, request) {
      const body = { tenantId: TENANT, userId, correlationId: newId('co'), ...request };
      const answer = await nats.request(definition.pattern, JSON.stringify(body), { timeout: 60_000 });
      return answer.json();
    },
    /**
     * One text of the customer `i`; ms until everybody can know of it.
     * @param {number} i
     * @returns {Promise<number>}
     */
    async text(i) {
      const inbox = inboxOf(i);
      const providerMessageId = newId('pm');
      const message = {
        receiptId: newId('rc'),
        messageId: messageId('simulator', 'bench', providerMessageId),
        carrier: 'simulator',
        accountId: 'bench',
        providerMessageId,
        from: peerOf(i),
        to: numberOf(inbox),
        group: [],
        text: 'one more text',
        media: [],
        receivedAt: new Date().toISOString(),
      };
      const route = {
        inboxId: inbox,
        inboxKind: 'shared',
        memberId: null,
        autoReply: null,
        leavesInboxId: null,
        trace: [{ step: 'inbox', id: inbox, text: inbox }],
      };
      const id = newId('ev');
      const envelope = {
        id,
        type: MessageRouted.type,
        version: MessageRouted.version,
        occurredAt: message.receivedAt,
        tenantId: TENANT,
        aggregateId: message.from,
        actor: { kind: 'system', id: 'routing' },
        correlationId: newId('co'),
        data: { message, route },
      };
      const sent = performance.now();
      const landed = new Promise((resolve) => waiting.set(message.messageId, resolve));
      await js.publish(MessageRouted.subject(TENANT), JSON.stringify(envelope), { msgID: id });
      return (await landed) - sent;
    },
    stop,
  };
}
