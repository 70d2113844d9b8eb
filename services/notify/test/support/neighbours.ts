import { connect, type NatsConnection } from '@nats-io/transport-node';
import { READY_ROLES, UserChanged } from '@partyline/contracts';
import { eventOf } from '@partyline/testing';

/** What the gateway says of somebody who came to the company. */
export const userCame = (userId: string, role: keyof typeof READY_ROLES, name = userId) =>
  eventOf(UserChanged, 'demo', {
    revision: 1,
    userId,
    name,
    email: `${userId}@example.com`,
    roleId: role,
    permissions: [...READY_ROLES[role].permissions],
    active: true,
    availability: 'available',
  });

/** A service that answers one kind of call, with what `value` gives then. `url`: with its own name and password. */
export async function answering(
  url: string,
  service: string,
  { pattern }: { readonly pattern: string },
  value: () => unknown,
): Promise<NatsConnection> {
  const { username: user, password: pass, host } = new URL(url);
  const connection = await connect({ servers: host, user, pass });
  connection.subscribe(pattern, {
    queue: service,
    callback: (_error, message) => void message.respond(JSON.stringify({ ok: true, value: value() })),
  });
  return connection;
}
