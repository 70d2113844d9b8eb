import { unescaped } from '../byte-form.js';
import type { WebhookRequest } from '../carrier.js';
import { contentType } from '../payload.js';

/** What is no UTF-8 and says no name is most often this one, of which Latin 1 is a part. */
const WESTERN = 'windows-1252';
/** What it has from 0x80 on; `TextDecoder` of Node 20 takes it for Latin 1 there. */
const WESTERN_80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The body as text: in the charset that it names, else in UTF-8, else as Western European carriers write it. */
export function decodedBody(request: WebhookRequest): string {
  return decoded(Buffer.from(request.body), charsetOf(request));
}

/** A form or a query whose escapes may be of any charset. */
export function decodedForm(request: WebhookRequest): URLSearchParams {
  const charset = charsetOf(request);
  const isPost = request.method === 'POST';
  const text = isPost ? Buffer.from(request.body).toString('latin1') : inBytes(request.query);
  const form = new URLSearchParams();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const [name, value] = equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    form.append(word(name, charset), word(value, charset));
  }
  return form;
}

const word = (text: string, charset: string | null): string =>
  /^[!-$'-*,-~]*$/.test(text) && !text.includes('%') ? text : decoded(unescaped(text), charset);

/** One character a byte, as Node hands on a URL; a text that has others is taken for UTF-8. */
function inBytes(query: string): string {
  const bytes = Buffer.from(query, 'latin1');
  return bytes.toString('latin1') === query ? query : Buffer.from(query, 'utf8').toString('latin1');
}

function decoded(bytes: Buffer, charset: string | null): string {
  const utf8 = bytes.toString('utf8');
  const isUtf8 = !utf8.includes('\ufffd') || Buffer.from(utf8, 'utf8').equals(bytes);
  if (charset === null && isUtf8) return utf8;
  if (charset !== null && charset !== WESTERN) return new TextDecoder(charset).decode(bytes);
  const latin1 = bytes.toString('latin1');
  return latin1.replace(/[\u0080-\u009f]/g, (one) => WESTERN_80[one.charCodeAt(0) - 0x80] ?? one);
}

/** By the content type, else by the declaration of an XML document; null: none that is known, or UTF-8. */
function charsetOf(request: WebhookRequest): string | null {
  const declared = /charset="?([a-z0-9_:.-]{1,40})/.exec(contentType(request))?.[1];
  const start = Buffer.from(request.body.subarray(0, 200)).toString('latin1');
  const label = declared ?? /^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9_.-]{1,40})/.exec(start)?.[1];
  if (label === undefined) return null;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === 'utf-8' ? null : encoding;
  } catch {
    return null;
  }
}
