/** The customer's phone, as tools/simulator serves it under /simulator/api. */
export interface SimText {
  readonly id: string;
  readonly phone: string;
  readonly number: string;
  /** `out`: the customer wrote it. */
  readonly direction: 'out' | 'in';
  readonly text: string;
  readonly media: readonly { readonly url: string; readonly contentType: string | null }[];
  readonly at: string;
  readonly state: 'sending' | 'accepted' | 'refused' | 'taken' | 'sent' | 'delivered' | 'undelivered';
  readonly reason: string | null;
}
export interface SimThread {
  readonly number: string;
  readonly name: string | null;
  readonly about: string | null;
  readonly last: SimText;
}
export interface SimNumber {
  readonly number: string;
  readonly name: string;
  readonly about: string;
}

const BASE = '/simulator/api';

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${BASE}${path}`, init).catch(() => {
    throw new Error('The phone simulator cannot be reached.');
  });
  const answer = (await response.json().catch(() => null)) as (T & { message?: string }) | null;
  if (!response.ok || answer === null) {
    throw new Error(answer?.message ?? `The phone simulator answered with status ${response.status}.`);
  }
  return answer;
}

export const phoneApi = {
  numbers: () => ask<{ numbers: SimNumber[] }>('/numbers').then((answer) => answer.numbers),
  threads: (phone: string) =>
    ask<{ threads: SimThread[] }>(`/threads?${new URLSearchParams({ phone })}`).then(
      (answer) => answer.threads,
    ),
  thread: (phone: string, number: string) =>
    ask<{ texts: SimText[] }>(
      `/threads/${encodeURIComponent(number)}?${new URLSearchParams({ phone })}`,
    ).then((answer) => answer.texts),
  send: (from: string, to: string, text: string, media: readonly string[]) =>
    ask<{ text: SimText }>('/texts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from, to, text, media }),
    }).then((answer) => answer.text),
  upload: (file: File) =>
    ask<{ id: string; url: string }>('/media', {
      method: 'POST',
      headers: { 'content-type': file.type },
      body: file,
    }),
  events: (phone: string) => new EventSource(`${BASE}/events?${new URLSearchParams({ phone })}`),
};
