import type { Conversation, TimelineItem } from '@partyline/contracts';

/** One browser window's live stream, which takes up where it left off as an EventSource does. */
export class Watcher {
  /** What it was shown, by the id of the event; more than one text where it was shown different things. */
  readonly seen = new Map<string, Set<string>>();
  readonly items = new Map<string, { item: TimelineItem; conversation: Conversation }>();
  /** How often it was told to fetch everything anew. */
  resets = 0;
  private lastEventId: string | undefined;
  private readonly ending = new AbortController();
  private readonly running: Promise<void>;
  private firstReady: (() => void) | undefined;
  /** Resolves when it listens for the first time. */
  readonly ready = new Promise<void>((resolve) => {
    this.firstReady = resolve;
  });

  constructor(
    private readonly url: string,
    private readonly token: () => string,
  ) {
    this.running = this.watch();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async watch(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      try {
        await this.listen();
      } catch {
        // The gateway is away; a browser tries again, too.
      }
      if (!signal.aborted) await new Promise((resume) => setTimeout(resume, 200));
    }
  }

  private async listen(): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/events`, {
      headers: {
        authorization: `Bearer ${this.token()}`,
        ...(this.lastEventId === undefined ? {} : { 'last-event-id': this.lastEventId }),
      },
      signal: this.ending.signal,
    });
    if (!response.ok || !response.body) return;
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const frames = (rest + chunk).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) this.take(frame);
    }
  }

  private take(frame: string): void {
    const field = (name: string) =>
      frame
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    const event = field('event');
    if (event === 'ready') this.firstReady?.();
    if (event === 'reset') this.resets += 1;
    if (event === 'conversation') {
      const shown = JSON.parse(field('data') ?? '') as { item: TimelineItem; conversation: Conversation };
      const { id } = shown.item;
      this.seen.set(id, (this.seen.get(id) ?? new Set()).add(JSON.stringify(shown.item)));
      this.items.set(id, shown);
    }
    // Only what was taken wholly is not asked for again.
    this.lastEventId = field('id') ?? this.lastEventId;
  }
}
