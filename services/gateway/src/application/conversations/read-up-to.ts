import { GetConversation, type Viewer } from '@partyline/contracts';
import type { Services } from '../services.js';

/** How far the caller has read a conversation: the seq that counts as seen where a client does not say. */
export async function readUpTo(
  services: Services,
  { tenantId, userId, correlationId, conversationId }: Viewer & { readonly conversationId: string },
): Promise<number> {
  const viewer = { tenantId, userId, correlationId };
  const { cursor } = await services.query(GetConversation, { ...viewer, conversationId });
  return cursor;
}
