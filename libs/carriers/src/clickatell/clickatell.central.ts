import { byteForm } from '../byte-form.js';
import type { WebhookRequest } from '../carrier.js';
import { contentType } from '../payload.js';
import { clickatellBytes } from './clickatell.text.js';

/** A callback of the Central API, the form of older accounts, with the names of the platform; null: it is none. */
export function asPlatform(request: WebhookRequest): object | null {
  if (request.method === 'POST' && contentType(request).includes('json')) return null;
  const form = byteForm(request.method === 'POST' ? request.body : Buffer.from(request.query, 'latin1'));
  const field = (name: string): string | undefined => form.get(name)?.toString('utf8');
  const messageId = field('momsgid');
  if (messageId !== undefined) {
    const text = clickatellBytes(form.get('text') ?? Buffer.alloc(0), field('charset'));
    return { messageId, from: field('from'), to: field('to'), text };
  }
  const apiMsgId = field('apimsgid');
  if (apiMsgId === undefined) return null;
  return { messageId: apiMsgId, clientMessageId: field('climsgid'), statusCode: field('status') };
}
