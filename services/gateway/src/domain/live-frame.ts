import type { LiveEventName, LiveEvents } from '@partyline/contracts';

/** One server-sent event as it goes over the wire (HTML standard, "Server-sent events"). JSON has no line breaks. */
export function liveFrame<N extends LiveEventName>(event: N, data: LiveEvents[N], id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * A comment, which keeps proxies from closing a quiet connection, with an event under it: scripts never hear of
 * comments, and a browser can hold a dead connection for live.
 */
export const HEARTBEAT_FRAME = ':\nevent: heartbeat\ndata: {}\n\n';
