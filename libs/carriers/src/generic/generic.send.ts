import type { HttpRequest, HttpResponse, OpenAccount, OutboundText } from '../carrier.js';
import type { SendOutcome } from '../outcome.js';
import { parseJson } from '../payload.js';
import { readSendAnswer, textWithLinks } from '../send-answer.js';
import { statusCallbackUrl } from '../status-callback.js';
import { urlWithSecret } from '../webhook-secret.js';
import { wordAt, type Payload } from './generic.lookup.js';
import type { Mapping } from './generic.mapping.js';
import { readXml } from './generic.payload.js';

type Send = NonNullable<Mapping['send']>;

/**
 * A template with its holes filled: `{from}`, `{to}`, `{fromDigits}`, `{toDigits}`, `{text}` (with links to media),
 * `{reference}`, `{callback}`, `{setting:name}`, `{secret:name}`, `{basic:user:password}` (names of a setting and a
 * secret). What is filled in is never looked at for holes again.
 */
function filled(template: string, message: OutboundText, account: OpenAccount): string {
  return template.replace(
    /\{([A-Za-z]+)(?::([A-Za-z0-9]+))?(?::([A-Za-z0-9]+))?\}/g,
    (hole, kind: string, name = '', other = '') => {
      switch (kind) {
        case 'from':
          return message.from;
        case 'to':
          return message.to;
        case 'fromDigits':
          return message.from.replace(/^\+/, '');
        case 'toDigits':
          return message.to.replace(/^\+/, '');
        case 'text':
          return textWithLinks(message);
        case 'reference':
          return message.messageId;
        case 'callback':
          return statusCallbackUrl(urlWithSecret(account), message.messageId);
        case 'setting':
          return account.settings[name] ?? '';
        case 'secret':
          return account.secrets[name] ?? '';
        case 'basic':
          return Buffer.from(`${account.settings[name] ?? ''}:${account.secrets[other] ?? ''}`).toString(
            'base64',
          );
        default:
          return hole;
      }
    },
  );
}

export function buildByMapping(send: Send, message: OutboundText, account: OpenAccount): HttpRequest {
  const fields = Object.entries(send.fields).map(([name, value]): [string, string] => [
    name,
    filled(value, message, account),
  ]);
  const base = filled(send.url, message, account);
  const headers = Object.fromEntries(
    // A line break in a header would be a header more.
    Object.entries(send.headers).map(([name, value]) => [
      name.toLowerCase(),
      filled(value, message, account).replace(/[^\t\x20-\x7e]/g, ''),
    ]),
  );
  if (send.method === 'GET') {
    const query = new URLSearchParams(fields).toString();
    return { method: 'GET', url: `${base}${base.includes('?') ? '&' : '?'}${query}`, headers, body: '' };
  }
  const isJson = send.format === 'json';
  return {
    method: 'POST',
    url: base,
    headers: {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      accept: '*/*',
      ...headers,
    },
    body: isJson ? JSON.stringify(nested(fields)) : new URLSearchParams(fields).toString(),
  };
}

type Branch = Map<string, Branch | string>;

/** `{"a.b": "c", "list.0": "d"}` as `{"a": {"b": "c"}, "list": ["d"]}`. */
function nested(fields: readonly (readonly [name: string, value: string])[]): unknown {
  const root: Branch = new Map();
  for (const [name, value] of fields) {
    const steps = name.split('.');
    let branch = root;
    for (const step of steps.slice(0, -1)) {
      const next = branch.get(step);
      const deeper: Branch = next instanceof Map ? next : new Map();
      branch.set(step, deeper);
      branch = deeper;
    }
    branch.set(steps.at(-1) ?? name, value);
  }
  return plain(root);
}

function plain(value: Branch | string): unknown {
  if (typeof value === 'string') return value;
  const isList = [...value.keys()].every((key, index) => key === String(index));
  if (isList) return [...value.values()].map(plain);
  return Object.fromEntries([...value].map(([key, one]) => [key, plain(one)]));
}

/** What a send API answered, in JSON, XML or as a form. */
export function parseByPlaces(send: Pick<Send, 'id'> & Partial<Send>, response: HttpResponse): SendOutcome {
  const payload = answerOf(response);
  return readSendAnswer(response, {
    name: 'The carrier',
    taken: () => {
      const id = wordAt(payload, send.id);
      return id ? { id, segments: null } : null;
    },
    refused: () => {
      const code = wordAt(payload, send.errorCode)?.slice(0, 64) || null;
      const text = wordAt(payload, send.errorText)?.slice(0, 500) || null;
      return code === null && text === null ? null : { code, errorClass: 'unknown', text };
    },
  });
}

function answerOf({ body }: HttpResponse): Payload {
  const query = new URLSearchParams();
  const json = parseJson(body);
  if (json !== undefined) return { body: json, query };
  if (body.trimStart().startsWith('<')) {
    const xml = readXml(body);
    if (xml.ok) return { body: xml.value, query };
  }
  return { body: new URLSearchParams(body.trim()), query };
}
