import { derivedId } from '@partyline/kernel';
import type { Principal } from './account.js';

/** The id of what somebody makes by this request: the same when they send it again under the same key. */
export const madeId = (
  prefix: string,
  { tenantId, userId }: Pick<Principal, 'tenantId' | 'userId'>,
  commandId: string,
): string => derivedId(prefix, tenantId, userId, commandId);
