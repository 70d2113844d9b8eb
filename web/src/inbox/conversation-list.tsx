import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { loadInboxes, loadSection, watchSection } from '../live/loads.js';
import { sectionKey } from '../live/sections.js';
import { live } from '../live/store.js';
import { useIsPhone } from '../ui/use-media.js';
import styles from './conversation-list.module.css';
import { selection } from './selection.js';
import { sectionsOf, type ListView } from './layout.js';
import { ListSectionView } from './list-section.js';

interface Props {
  readonly view: ListView;
  readonly selected: string | null;
}

export function ConversationList({ view, selected }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useIsPhone() ? 80 : 72;
  const sections = useMemo(() => sectionsOf(view), [view]);

  useEffect(() => {
    const stops = sections
      .filter((section) => !section.folded)
      .map(({ query }) => {
        const known = live.get().sections.get(sectionKey(query));
        if (!known || known.state === 'error') void loadSection(query);
        return watchSection(query);
      });
    return () => {
      for (const stop of stops) stop();
    };
  }, [sections]);
  useEffect(() => {
    if (live.get().inboxes === null) void loadInboxes().catch(() => undefined);
  }, []);
  // What is marked is of this list; another list begins anew.
  useEffect(() => () => selection.set(null), []);
  useKeepSelectedInSight(scroller, selected);

  return (
    <div ref={scroller} className={styles.scroller} id="conversation-list">
      {sections.map((section) => (
        <ListSectionView
          key={section.id}
          section={section}
          view={view}
          selected={selected}
          scroller={scroller}
          rowHeight={rowHeight}
        />
      ))}
    </div>
  );
}

/** Once for each row that is opened: a list that changes must not pull the reader back to it. */
function useKeepSelectedInSight(scroller: RefObject<HTMLDivElement | null>, selected: string | null): void {
  useEffect(() => {
    if (!selected) return;
    scroller.current
      ?.querySelector(`[data-conversation="${CSS.escape(selected)}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [scroller, selected]);
}
