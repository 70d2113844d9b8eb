import type { TimelineItem } from '@partyline/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, CloudOff } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useMe } from '../api/session.js';
import { formatPhone } from '../format/phone.js';
import { dayHeading, sameDay } from '../format/time.js';
import { loadOlder, loadTimeline } from '../live/loads.js';
import type { Shown, Timeline } from '../live/model.js';
import { useLive } from '../live/store.js';
import { useNow } from '../state/clock.js';
import { Button } from '../ui/button.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import { Bubble } from './bubble.js';
import { eventLine } from './event-line.js';
import styles from './message-list.module.css';
import { Note } from './note.js';
import { threadRows, type ThreadRow } from './rows.js';
import { TypingLine } from './typing-line.js';

/** How near to the top the next older page is asked for, in pixels. */
const NEAR_TOP = 400;
/** Within this of the end, in pixels, new messages are followed. */
const NEAR_END = 120;

interface Props {
  readonly conversation: Shown;
  /** The divider of new messages goes behind this seq; null: none. */
  readonly unreadAfter: number | null | undefined;
}

export function MessageList({ conversation, unreadAfter = null }: Props) {
  const timeline = useLive((state) => state.timelines.get(conversation.id));
  if (!timeline || (timeline.state === 'loading' && timeline.items.length === 0)) {
    return (
      <div className={styles.frame}>
        <Skeleton label="Loading the messages" shape="bubble" rows={5} />
      </div>
    );
  }
  if (timeline.state === 'error') {
    return (
      <div className={styles.frame}>
        <Empty
          level="page"
          icon={<CloudOff />}
          title="The messages did not load"
          action={{ label: 'Try again', act: () => void loadTimeline(conversation.id) }}
        >
          {timeline.error}
        </Empty>
      </div>
    );
  }
  return <Messages conversation={conversation} timeline={timeline} unreadAfter={unreadAfter} />;
}

function Messages({ conversation, timeline, unreadAfter = null }: Props & { timeline: Timeline }) {
  const me = useMe();
  const tags = useLive((state) => state.tags);
  const rows = useMemo(() => {
    const tagName = (id: string) => tags?.find((tag) => tag.id === id)?.name ?? null;
    const event = (item: TimelineItem) => eventLine(item, me.id, formatPhone, tagName);
    return threadRows(timeline, unreadAfter, { event, sameDay });
  }, [timeline, unreadAfter, me.id, tags]);
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((index: number) => estimate(rows[index]), [rows]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
    overscan: 12,
    paddingStart: 16,
    paddingEnd: 12,
  });
  useLayoutEffect(() => {
    virtualizer.scrollToEnd();
  }, [virtualizer]);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useEffect(() => {
    // Pictures that arrive and a composer that grows must not push the newest message out of sight.
    const observer = new ResizeObserver(() => {
      if (following.current) virtualizer.scrollToEnd();
    });
    for (const element of [scroller.current, content.current]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, [virtualizer]);

  const { nextBefore, loadingOlder } = timeline;
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    setAtEnd(following.current);
    if (element.scrollTop < NEAR_TOP && nextBefore !== null && !loadingOlder && !timeline.error) {
      void loadOlder(conversation.id);
    }
  };
  useEffect(() => {
    // A first page shorter than the window has nothing to scroll: fetch what is above it at once.
    const element = scroller.current;
    if (
      element &&
      nextBefore !== null &&
      !loadingOlder &&
      !timeline.error &&
      element.scrollHeight <= element.clientHeight
    ) {
      void loadOlder(conversation.id);
    }
  }, [conversation.id, nextBefore, loadingOlder, timeline.error, rows.length]);

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        onScroll={onScroll}
        role="log"
        aria-label="Messages"
        aria-live="off"
      >
        {timeline.error && (
          <p className={styles.stale}>
            Earlier messages did not load.{' '}
            <button type="button" onClick={() => void loadOlder(conversation.id)}>
              Try again
            </button>
          </p>
        )}
        <div ref={content} className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row ? (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={styles.slot}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <Row row={row} conversation={conversation} />
              </div>
            ) : null;
          })}
        </div>
      </div>
      {!atEnd && (
        <div className={styles.jump}>
          <Button size="sm" icon={<ArrowDown aria-hidden="true" />} onPress={() => virtualizer.scrollToEnd()}>
            Jump to latest
          </Button>
        </div>
      )}
      <TypingLine conversationId={conversation.id} />
    </div>
  );
}

function Row({ row, conversation }: { row: ThreadRow; conversation: Shown }) {
  switch (row.kind) {
    case 'day':
      return <Day at={row.at} />;
    case 'unread':
      return (
        <div className={styles.unread} role="separator" aria-label="New messages">
          <span>New</span>
        </div>
      );
    case 'event':
      return <p className={styles.event}>{row.text}</p>;
    case 'note':
      return <Note note={row} />;
    case 'message':
      return <Bubble message={row} conversation={conversation} />;
  }
}

function Day({ at }: { at: string }) {
  const now = useNow();
  return (
    <div className={styles.day}>
      <p>{dayHeading(at, now)}</p>
    </div>
  );
}

function estimate(row: ThreadRow | undefined): number {
  switch (row?.kind) {
    case 'day':
      return 48;
    case 'unread':
      return 28;
    case 'event':
      return 28;
    case 'note':
      return 76;
    case 'message':
      return 40 + Math.ceil(row.text.length / 60) * 20 + row.media.length * 200;
    default:
      return 60;
  }
}
