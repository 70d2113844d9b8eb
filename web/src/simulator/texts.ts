import type { SimText } from './phone-api.js';

/** A text that is new, or changed: in its place by time. */
export function withText(texts: readonly SimText[], text: SimText): readonly SimText[] {
  const at = texts.findIndex((each) => each.id === text.id);
  if (at !== -1) return texts.with(at, text);
  return [...texts, text].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What stands under a bubble, from the customer's side. */
export function stateWords(text: SimText): string | null {
  switch (text.state) {
    case 'sending':
      return 'Sending…';
    case 'accepted':
      return 'Delivered to Partyline';
    case 'refused':
      return `Not taken${text.reason ? `: ${text.reason}` : ''}`;
    case 'undelivered':
      return `Did not arrive${text.reason ? `: ${text.reason}` : ''}`;
    case 'taken':
    case 'sent':
      return 'On its way';
    case 'delivered':
      return null;
  }
}
