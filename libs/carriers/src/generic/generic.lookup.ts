/** A webhook in a form in which values can be looked up by name. */
export interface Payload {
  readonly body: unknown;
  /** Of the URL. */
  readonly query: URLSearchParams;
}

/**
 * The values at a place: `name`, `deep.name`, `list.0.name`, `list.*.name` in JSON and forms; `?name` in the URL;
 * `//name`, `/root/name` and `//name/@attribute` in XML. Only a payload's own names are seen, never those that objects inherit.
 */
export function lookUp(payload: Payload, place: string): readonly unknown[] {
  if (place.startsWith('?')) return payload.query.getAll(place.slice(1));
  if (payload.body instanceof XmlDocument) return payload.body.find(place);
  if (payload.body instanceof URLSearchParams) return payload.body.getAll(place);
  return inJson(payload.body, place);
}

/** A name may hold dots itself, so the longest one that is there wins. */
function inJson(value: unknown, place: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Object.hasOwn(value, place)) return [(value as Record<string, unknown>)[place]];
  for (let dot = place.lastIndexOf('.'); dot > 0; dot = place.lastIndexOf('.', dot - 1)) {
    const name = place.slice(0, dot);
    const rest = place.slice(dot + 1);
    if (name === '*' && Array.isArray(value)) return value.flatMap((one: unknown) => inJson(one, rest));
    if (Object.hasOwn(value, name)) return inJson((value as Record<string, unknown>)[name], rest);
  }
  return place === '*' && Array.isArray(value) ? (value as unknown[]) : [];
}

const asWord = (value: unknown): string | null =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;

/** The first value at the first place that has one, as it was written; null where none has. */
export function wordAt(payload: Payload, places: readonly string[] | undefined): string | null {
  let empty: string | null = null;
  for (const place of places ?? []) {
    const word = lookUp(payload, place)
      .map(asWord)
      .findLast((one) => one !== null);
    if (word) return word;
    empty ??= word ?? null;
  }
  return empty;
}

/** Every value at every place; lists count one by one. */
export function wordsAt(payload: Payload, places: readonly string[] | undefined): string[] {
  return (places ?? [])
    .flatMap((place) => lookUp(payload, place))
    .flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]))
    .flatMap((value) => asWord(value) || []);
}

export interface XmlElement {
  /** Names without prefixes, from the root on: `/Envelope/Body/source`, and `/message/@id` of an attribute. */
  readonly path: string;
  readonly text: string;
  /** How many elements before it are in it. */
  readonly inner: number;
}

/** The elements of an XML document, each behind those in it, with the text in it. */
export class XmlDocument {
  constructor(private readonly elements: readonly XmlElement[]) {}

  find(place: string): string[] {
    return this.at(place).map(([, { text }]) => text);
  }

  /** Each element at a place as a document of its own, whose paths still begin at the root. */
  each(place: string): XmlDocument[] {
    return this.at(place).map(
      ([index, { inner }]) => new XmlDocument(this.elements.slice(index - inner, index + 1)),
    );
  }

  private at(place: string): [index: number, element: XmlElement][] {
    const ends = place.startsWith('//') ? place.slice(1) : null;
    const whole = place.startsWith('/') ? place : `/${place}`;
    return [...this.elements.entries()].filter(([, { path }]) =>
      ends === null ? path === whole : path.endsWith(ends),
    );
  }
}
