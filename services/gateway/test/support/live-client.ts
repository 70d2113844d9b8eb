import { eventually } from '@partyline/testing';

export interface LiveMessage {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Record<string, unknown>;
}

/** An EventSource that remembers everything, and does not come back by itself. */
export class LiveClient {
  readonly messages: LiveMessage[] = [];
  readonly opened: Promise<Response>;
  ended = false;
  private readonly abort = new AbortController();

  constructor(url: string, headers: Record<string, string>) {
    this.opened = fetch(url, { headers, signal: this.abort.signal });
    void this.read();
  }

  of(event: string): LiveMessage[] {
    return this.messages.filter((message) => message.event === event);
  }

  /** Waits until so many messages of this kind are there. */
  async has(event: string, count = 1): Promise<LiveMessage[]> {
    return await eventually(() => {
      const found = this.of(event);
      if (found.length < count) throw new Error(`${found.length} of ${count} "${event}" arrived`);
      return found;
    });
  }

  get lastId(): string | undefined {
    return this.messages.findLast(({ id }) => id !== undefined)?.id;
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    try {
      const response = await this.opened;
      const decoder = new TextDecoder();
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.keep(block);
      }
    } catch {
      // The connection was cut, by either side.
    } finally {
      this.ended = true;
    }
  }

  private keep(block: string): void {
    const field = (name: string): string | undefined =>
      block
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    const event = field('event');
    if (event === undefined) return;
    this.messages.push({
      event,
      id: field('id'),
      data: JSON.parse(field('data') ?? '{}') as Record<string, unknown>,
    });
  }
}
