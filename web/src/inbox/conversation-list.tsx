import { useEffect, useRef, type RefObject } from 'react';
import { loadInboxes, loadSection, watchSection } from '../live/loads.js';
import { sectionKey } from '../live/sections.js';
import { live } from '../live/store.js';
import { useIsPhone } from '../ui/use-media.js';
import styles from './conversation-list.module.css';
import { sectionsOf, type ListView } from './layout.js';
import { ListSectionView } from './list-section.js';

interface Props {
  readonly view: ListView;
  readonly selected: string | null;
}

export function ConversationList({ view, selected }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useIsPhone() ? 80 : 72;
  const sections = sectionsOf(view);
  const wanted = sections.filter((section) => !section.folded).map((section) => sectionKey(section.query));

  useEffect(() => {
    const stops = sectionsOf(view)
      .filter((section) => !section.folded)
      .map((section) => {
        const known = live.get().sections.get(sectionKey(section.query));
        if (!known || known.state === 'error') void loadSection(section.query);
        return watchSection(section.query);
      });
    return () => {
      for (const stop of stops) stop();
    };
    // The keys name the lists; the objects around them are made anew with every rendering.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted.join('\n')]);
  useEffect(() => {
    if (live.get().inboxes === null) void loadInboxes().catch(() => undefined);
  }, []);
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

function useKeepSelectedInSight(scroller: RefObject<HTMLDivElement | null>, selected: string | null): void {
  useEffect(() => {
    if (!selected) return;
    scroller.current
      ?.querySelector(`[data-conversation="${CSS.escape(selected)}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [scroller, selected]);
}
