import { basicAuth } from '../basic-auth.js';
import type { HttpRequest, OpenAccount } from '../carrier.js';
import type { CarrierLog } from '../carrier-log.js';
import { apiBase } from '../send-answer.js';
import { LONGEST_QUEUED_MS, nextTwilioUrl, readTwilioList, readTwilioMedia } from '../twilio/twilio.log.js';

const apiOf = ({ settings }: OpenAccount): string =>
  apiBase(settings['apiBase'], `https://${settings['space'] ?? ''}`);
const messagesOf = ({ settings }: OpenAccount): string =>
  `/api/laml/2010-04-01/Accounts/${encodeURIComponent(settings['projectId'] ?? '')}/Messages`;
const day = (at: Date): string => at.toISOString().slice(0, 10);

const get = (url: string, account: OpenAccount): HttpRequest => ({
  method: 'GET',
  url,
  headers: {
    authorization: basicAuth(account.settings['projectId'] ?? '', account.secrets['apiToken'] ?? ''),
    accept: 'application/json',
  },
  body: '',
});

/** Asks for whole days, which is all that it knows. Source: https://signalwire.com/docs/compatibility-api/rest/messages/list-messages */
export const signalwireLog: CarrierLog = {
  sources: ['messages'],
  longestSpanMs: null,
  appearsWithinMs: LONGEST_QUEUED_MS,
  pauseMs: 1_000,
  login: (settings) => `${settings['space'] ?? ''} ${settings['projectId'] ?? ''}`,
  buildList: ({ from, page }, account) => {
    const query = new URLSearchParams({ 'DateSent>': day(from), PageSize: '200' });
    const first = `${apiOf(account)}${messagesOf(account)}.json?${query.toString()}`;
    const next = page === null ? null : nextTwilioUrl(apiOf(account), messagesOf(account), page);
    return get(next ?? first, account);
  },
  parseList: (response, _query, account) => {
    const page = readTwilioList(response, 'SignalWire');
    if (!page.ok || page.value.next === null) return page;
    const inside = nextTwilioUrl('', messagesOf(account), page.value.next) !== null;
    return inside
      ? page
      : {
          ok: false,
          error: {
            kind: 'refused',
            retryAfterMs: null,
            reason: 'SignalWire named a next page outside of this project',
          },
        };
  },
  buildFetch: (text, account) =>
    get(
      `${apiOf(account)}${messagesOf(account)}/${encodeURIComponent(text.providerMessageId)}/Media.json`,
      account,
    ),
  parseFetch: (response, text, account) => readTwilioMedia(response, text, apiOf(account), 'SignalWire'),
};
