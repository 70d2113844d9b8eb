import { path } from './path.js';
import type { Call } from './request.js';

/** What all collections of records under one path have in common. */
export function resource<Item, New, Change>(call: Call, at: string) {
  return {
    list: () => call<Item[]>('GET', at),
    /** Sent again with the same key it makes no second one. */
    create: (body: New, key?: string) => call<Item>('POST', at, { body, key }),
    get: (id: string) => call<Item>('GET', at + path`/${id}`),
    change: (id: string, body: Change) => call<Item>('PATCH', at + path`/${id}`, { body }),
    remove: (id: string) => call<null>('DELETE', at + path`/${id}`),
  };
}
