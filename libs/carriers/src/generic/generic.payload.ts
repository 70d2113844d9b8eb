import { SaxesParser } from 'saxes';
import { fail, ok, type Result } from '@partyline/kernel';
import type { WebhookRequest } from '../carrier.js';
import { bodyText, contentType, parseJson } from '../payload.js';
import { decodedBody, decodedForm } from './generic.charset.js';
import { XmlDocument, type Payload, type XmlElement } from './generic.lookup.js';
import type { Mapping } from './generic.mapping.js';

const MOST_ELEMENTS = 5000;
const DEEPEST = 100;
const MOST_PARTS = 100;
const MOST_ATTRIBUTES = 50;
const MOST_OF_A_HEAD = 2000;
const local = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

/** The body in the format of the mapping. */
export function readPayload(request: WebhookRequest, mapping: Mapping): Result<Payload, string> {
  const query = decodedForm({ ...request, method: 'GET' });
  switch (mapping.format === 'auto' ? formatOf(request) : mapping.format) {
    case 'query':
      return ok({ body: query, query });
    case 'form':
      return ok({ body: request.method === 'GET' ? query : decodedForm(request), query });
    case 'multipart': {
      const form = readMultipart(request);
      return form.ok ? ok({ body: form.value, query }) : form;
    }
    case 'xml': {
      const xml = readXml(decodedBody(request));
      return xml.ok ? ok({ body: xml.value, query }) : xml;
    }
    case 'json': {
      const json = parseJson(decodedBody(request));
      return json === undefined ? fail('the body is not JSON') : ok({ body: json, query });
    }
  }
}

function formatOf(request: WebhookRequest): Exclude<Mapping['format'], 'auto'> {
  if (request.method === 'GET') return 'query';
  const type = contentType(request);
  if (type.includes('json')) return 'json';
  if (type.includes('xml')) return 'xml';
  if (type.startsWith('multipart/')) return 'multipart';
  return type === '' && /^\s*[[{]/.test(bodyText(request)) ? 'json' : 'form';
}

/** Entities that a document declares itself are not known to the parser, so none can blow it up. */
export function readXml(text: string): Result<XmlDocument, string> {
  const elements: XmlElement[] = [];
  const open: { path: string; text: string; start: number }[] = [];
  const state: { problem: string | null; isOver: boolean } = { problem: null, isOver: false };
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    // What some carriers leave behind the end of a document says nothing.
    if (!state.isOver) state.problem ??= error.message;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (state.isOver) return;
    if (open.length >= DEEPEST || elements.length >= MOST_ELEMENTS) {
      state.problem ??= 'it has too many elements';
      return;
    }
    const path = `${open.at(-1)?.path ?? ''}/${local(name)}`;
    open.push({ path, text: '', start: elements.length });
    for (const [attribute, text] of Object.entries(attributes).slice(0, MOST_ATTRIBUTES)) {
      elements.push({ path: `${path}/@${local(attribute)}`, text, inner: 0 });
    }
  });
  const addText = (more: string): void => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element) return;
    const { path, text: said, start } = element;
    elements.push({ path, text: said, inner: elements.length - start });
    state.isOver = open.length === 0;
  });
  for (let start = 0; start < text.length && state.problem === null && !state.isOver; start += 4096) {
    parser.write(text.slice(start, start + 4096));
  }
  if (state.problem === null && !state.isOver) parser.close();
  return state.problem === null
    ? ok(new XmlDocument(elements))
    : fail(`the body is not XML: ${state.problem.slice(0, 200)}`);
}

/** The fields of a multipart form (RFC 7578); its files are left out. */
function readMultipart(request: WebhookRequest): Result<URLSearchParams, string> {
  const type = request.headers['content-type'] ?? '';
  const boundary = /boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(type);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return fail('the content type names no boundary');
  const parts = `\r\n${decodedBody(request).replace(/\r?\n/g, '\r\n')}`.split(`\r\n--${mark}`);
  if (parts.length < 2) return fail('the body has no parts');
  const form = new URLSearchParams();
  for (const part of parts.slice(1, MOST_PARTS)) {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, Math.min(end, MOST_OF_A_HEAD));
    const name = /content-disposition:[^\r\n]*[; ]name="([^"\r\n]*)"/i.exec(head)?.[1];
    if (end !== -1 && name !== undefined && !/[; ]filename\*?=/i.test(head))
      form.append(name, part.slice(end + 4));
  }
  return ok(form);
}
