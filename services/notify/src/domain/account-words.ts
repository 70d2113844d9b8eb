import type { AccountTrouble } from '@partyline/contracts';
import { duration } from './duration.js';
import type { Words } from './wording.js';

const REASONS: Readonly<Record<string, string>> = {
  credentials:
    'because of its credentials. Check its secrets under Admin > Carriers against what the carrier shows.',
  unregistered: 'because the number is not registered for business texting. Register it with the carrier.',
  price: 'because of the price. Look at the balance and at the limits of the account with the carrier.',
};

/** For whoever may mend it: what happened to which account, and what to do. */
export function troubleWords(
  account: string,
  { kind, since, count, of, reason }: AccountTrouble,
  now: Date,
): Words {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000));
  switch (kind) {
    case 'every_webhook_refused':
      return {
        title: `Every webhook to ${account} is refused`,
        body: `None of the last ${count} had a signature that fits. If the secret was changed at the carrier, enter it under Admin > Carriers > Secrets. If texts arrive all the same, somebody else calls the address: nothing of that is taken.`,
      };
    case 'webhooks_refused':
      return {
        title: `Some webhooks to ${account} are refused`,
        body: `${count} of ${of} in the last hour had a signature that does not fit; the others were taken. Either somebody else calls the address, and nothing has to be done, or the carrier signs some with another secret: see Refused webhooks under Admin > Carriers.`,
      };
    case 'replies_refused':
      return {
        title: `The carrier refuses replies through ${account}`,
        body: `${count} of ${of} in the last hour, ${REASONS[reason ?? ''] ?? 'for reasons of the account. Look at it under Admin > Carriers.'}`,
      };
    case 'replies_waiting':
      return {
        title: `Replies through ${account} do not go out`,
        body: `${count === 1 ? 'One waits' : `${count} wait`}, the first for ${duration(minutes)}: the carrier cannot be reached or asks to be called less often, or there are more than the account may send. They go out by themselves as soon as they can. Look at it under Admin > Carriers, and at what the carrier says of its service.`,
      };
    case 'replies_failing':
      return {
        title: `Many replies through ${account} fail`,
        body: `${count} of ${of} in the last hour, far more than usual, ${reason === null ? 'without a reason' : `most of them as "${reason.replaceAll('_', ' ')}"`}. Look at it under Admin > Carriers, and at what the carrier says of its service.`,
      };
  }
}

export const recoveredWords = (account: string, kind: AccountTrouble['kind']): Words =>
  kind === 'every_webhook_refused' || kind === 'webhooks_refused'
    ? { title: `Webhooks to ${account} are taken again`, body: 'Their signatures fit.' }
    : { title: `Replies through ${account} go out again`, body: 'The carrier takes them.' };
