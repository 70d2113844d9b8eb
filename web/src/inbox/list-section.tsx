import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { AlarmClock, ChevronRight, CircleCheck, CloudOff, Inbox, SearchX } from 'lucide-react';
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { shownCount } from '../format/names.js';
import { loadMore, loadSection } from '../live/loads.js';
import type { LiveState, Section } from '../live/model.js';
import { sectionKey } from '../live/sections.js';
import { useLive } from '../live/store.js';
import { preferences } from '../state/preferences.js';
import { Button } from '../ui/button.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import { ConversationRow } from './conversation-row.js';
import styles from './conversation-list.module.css';
import { isNarrowed, type ListSection, type ListView } from './layout.js';

/** The next page is asked for when so many rows are left below the last visible one. */
const AHEAD = 12;

interface Props {
  readonly section: ListSection;
  readonly view: ListView;
  readonly selected: string | null;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rowHeight: number;
}

export function ListSectionView({ section, view, selected, scroller, rowHeight }: Props) {
  const loaded = useLive((state) => state.sections.get(sectionKey(section.query)));
  const total = useLive((state) => totalOf(state, section));
  const heading = `section-${section.id}`;
  const foldable = section.id === 'others' && !isNarrowed(view);
  const count = total ?? loaded?.ids.length ?? 0;

  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h2 id={heading} className={styles.heading}>
        {foldable ? (
          <button
            type="button"
            className={styles.fold}
            aria-expanded={!section.folded}
            onClick={() => preferences.set({ othersOpen: section.folded })}
          >
            <ChevronRight aria-hidden="true" className={styles.chevron} data-open={!section.folded} />
            {section.title} <span className={styles.count}>{shownCount(count)}</span>
          </button>
        ) : (
          <span className={styles.fold}>
            {section.title}{' '}
            {(total !== null || loaded) && view.status === 'open' && (
              <span className={styles.count}>{shownCount(count)}</span>
            )}
          </span>
        )}
      </h2>
      {!section.folded && (
        <SectionBody
          section={section}
          loaded={loaded}
          view={view}
          selected={selected}
          scroller={scroller}
          rowHeight={rowHeight}
        />
      )}
    </section>
  );
}

function SectionBody({
  section,
  loaded,
  view,
  selected,
  scroller,
  rowHeight,
}: Props & { loaded: Section | undefined }) {
  if (!loaded || (loaded.state === 'loading' && loaded.ids.length === 0)) {
    return <Skeleton rows={section.id === 'unassigned' ? 5 : 2} label={`Loading ${section.title}`} />;
  }
  if (loaded.state === 'error') {
    return (
      <Empty
        icon={<CloudOff />}
        title="This list did not load"
        action={{ label: 'Try again', act: () => void loadSection(section.query) }}
      >
        {loaded.error}
      </Empty>
    );
  }
  if (loaded.ids.length === 0) return <EmptySection section={section} view={view} />;
  return (
    <>
      {loaded.error && (
        <p className={styles.stale} role="status">
          Not up to date. {loaded.error}
        </p>
      )}
      <Rows
        section={section}
        loaded={loaded}
        view={view}
        selected={selected}
        scroller={scroller}
        rowHeight={rowHeight}
      />
    </>
  );
}

function Rows({ section, loaded, view, selected, scroller, rowHeight }: Props & { loaded: Section }) {
  const list = useRef<HTMLUListElement>(null);
  const margin = useOffsetTop(list, scroller);
  const active = selected ? loaded.ids.indexOf(selected) : -1;
  const virtualizer = useVirtualizer({
    count: loaded.ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    getItemKey: useCallback((index: number) => loaded.ids[index] ?? index, [loaded.ids]),
    scrollMargin: margin,
    overscan: 8,
    // The open row stays: focus must not vanish because somebody scrolled.
    rangeExtractor: useCallback(
      (range: Range) => {
        const rows = defaultRangeExtractor(range);
        return active === -1 || rows.includes(active) ? rows : [...rows, active].sort((a, b) => a - b);
      },
      [active],
    ),
  });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (
      loaded.nextCursor !== null &&
      !loaded.error &&
      lastShown >= loaded.ids.length - AHEAD &&
      section.id === 'any'
    ) {
      void loadMore(section.query);
    }
  }, [lastShown, loaded, section]);

  return (
    <>
      <ul ref={list} className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const id = loaded.ids[item.index];
          return id === undefined ? null : (
            <li
              key={item.key}
              className={styles.rowSlot}
              style={{ height: item.size, transform: `translateY(${item.start - margin}px)` }}
              aria-setsize={loaded.nextCursor === null ? loaded.ids.length : -1}
              aria-posinset={item.index + 1}
            >
              <ConversationRow
                id={id}
                selected={id === selected}
                status={view.status}
                q={view.q}
                tag={view.tag}
                section={section.id}
              />
            </li>
          );
        })}
      </ul>
      {loaded.nextCursor !== null && (
        <div className={styles.more}>
          <Button
            variant="ghost"
            size="sm"
            busy={loaded.loadingMore}
            onPress={() => void loadMore(section.query)}
          >
            {loaded.loadingMore ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </>
  );
}

/** Where a list begins in its scroller: the lists above it grow and shrink. */
function useOffsetTop(list: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(list.current?.offsetTop ?? 0);
    measure();
    const observer = new ResizeObserver(measure);
    for (const section of scroller.current?.children ?? []) observer.observe(section);
    return () => observer.disconnect();
  }, [list, scroller]);
  return top;
}

function EmptySection({ section, view }: { section: ListSection; view: ListView }) {
  const others = useLive((state) => state.counts[view.inboxId]?.others ?? 0);
  const numbers = useLive(
    (state) => state.inboxes?.find((inbox) => inbox.id === view.inboxId)?.numbers.length ?? 1,
  );
  const mine = useLive((state) => state.counts[view.inboxId]?.mine ?? 0);
  if (view.q !== '') {
    return section.id === 'unassigned' || section.id === 'any' ? (
      <p className={styles.none}>
        <SearchX aria-hidden="true" /> Nothing matches “{view.q}”
        {section.id === 'unassigned' ? ' among the unassigned' : ''}.
      </p>
    ) : (
      <p className={styles.none}>Nothing matches here.</p>
    );
  }
  if (view.tag !== '') return <p className={styles.none}>Nothing here has this tag.</p>;
  if (section.id === 'me') return <p className={styles.none}>Nothing is assigned to you.</p>;
  if (section.id === 'others') return <p className={styles.none}>Nobody else has one.</p>;
  if (view.status === 'done') {
    return (
      <Empty icon={<CircleCheck />} title="Nothing is done yet">
        A conversation comes here when its owner marks it as done.
      </Empty>
    );
  }
  if (view.status === 'snoozed') {
    return (
      <Empty icon={<AlarmClock />} title="Nothing is snoozed">
        Snooze a conversation that can wait: it comes back by itself, at its time or when the customer writes.
      </Empty>
    );
  }
  if (numbers === 0) {
    return (
      <Empty icon={<Inbox />} title="No numbers route here">
        Ask your Admin to route a number to this inbox.
      </Empty>
    );
  }
  if (mine > 0) return <p className={styles.none}>Nobody is waiting.</p>;
  return (
    <Empty icon={<CircleCheck />} title="All caught up">
      {others > 0 ? `${shownCount(others)} with others.` : 'New texts show up here by themselves.'}
    </Empty>
  );
}

/** The server's count of a list, where it keeps one; never counted from rows that happen to be loaded. */
function totalOf(state: LiveState, section: ListSection): number | null {
  const counts = state.counts[section.query.inboxId];
  if (!counts || section.query.q !== '' || section.query.tag || section.query.status === 'done') return null;
  if (section.query.status === 'snoozed') return counts.snoozed ?? null;
  switch (section.id) {
    case 'unassigned':
      return counts.unassigned;
    case 'me':
      return counts.mine;
    case 'others':
      return counts.others;
    case 'any':
      return counts.unassigned + counts.mine + counts.others;
  }
}
