import type { CarrierEvent } from '@partyline/carriers';

/** What was read in a webhook, for people to look at. */
export const inWords = (event: CarrierEvent) =>
  event.kind === 'message'
    ? {
        kind: event.kind,
        providerMessageId: event.providerMessageId,
        from: event.from,
        to: event.to,
        text: event.text,
        media: event.media.map(({ url }) => url),
      }
    : {
        kind: event.kind,
        providerMessageId: event.providerMessageId,
        status: event.status,
        rawStatus: event.rawStatus,
      };
