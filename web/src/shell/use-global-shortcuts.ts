import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { composeOpen } from '../inbox/compose-state.js';
import { listSearch, sectionsOf, visibleIds, type SectionId } from '../inbox/layout.js';
import type { ListStatus } from '../live/model.js';
import { useListView } from '../inbox/use-list-view.js';
import { sectionKey } from '../live/sections.js';
import { live } from '../live/store.js';
import { preferences } from '../state/preferences.js';
import { overlayOpen } from './overlay-state.js';
import { tellShortcut } from '../state/shortcut-bus.js';

/** How long the second key of `g u` may take, in milliseconds. */
const SEQUENCE_MS = 1200;
const GO: Readonly<Record<string, SectionId>> = { u: 'unassigned', m: 'me', o: 'others' };

/** The keys that work everywhere. No Alt chords: browsers own those. */
export function useGlobalShortcuts(): void {
  const navigate = useNavigate();
  const view = useListView();
  const current = useRef(view);
  useEffect(() => {
    current.current = view;
  }, [view]);

  useEffect(() => {
    let waitsSince = 0;
    const open = (id: string | undefined) => {
      const list = current.current;
      if (!id || !list) return;
      void navigate({
        to: '/inboxes/$inboxId/c/$conversationId',
        params: { inboxId: list.inboxId, conversationId: id },
        search: listSearch(list.status, list.q, list.tag),
      });
    };
    const move = (step: 1 | -1) => {
      const list = current.current;
      if (!list) return;
      const ids = visibleIds(live.get(), list);
      const at = ids.indexOf(openId());
      open(at === -1 ? ids[step === 1 ? 0 : ids.length - 1] : ids[at + step]);
    };
    const go = (which: SectionId) => {
      const list = current.current;
      if (!list) return;
      if (which === 'others') preferences.set({ othersOpen: true });
      const section = sectionsOf({ ...list, othersOpen: true }).find((each) => each.id === which);
      if (!section) return;
      document.getElementById(`section-${which}`)?.scrollIntoView({ block: 'start' });
      open(live.get().sections.get(sectionKey(section.query))?.ids[0]);
    };
    const showStatus = (status: ListStatus) => {
      const list = current.current;
      if (!list) return;
      void navigate({
        to: '/inboxes/$inboxId',
        params: { inboxId: list.inboxId },
        search: listSearch(status, '', list.tag),
      });
    };
    const switchInbox = (step: 1 | -1) => {
      const inboxes = live.get().inboxes ?? [];
      const at = inboxes.findIndex((inbox) => inbox.id === current.current?.inboxId);
      const next = inboxes[(at + step + inboxes.length) % inboxes.length];
      if (next) void navigate({ to: '/inboxes/$inboxId', params: { inboxId: next.id }, search: {} });
    };
    const act = (key: string): boolean => {
      if (waitsSince > 0 && Date.now() - waitsSince < SEQUENCE_MS && GO[key]) {
        waitsSince = 0;
        go(GO[key]);
        return true;
      }
      if (key === 's' && waitsSince > 0 && Date.now() - waitsSince < SEQUENCE_MS) {
        waitsSince = 0;
        void navigate({ to: '/search', search: {} });
        return true;
      }
      waitsSince = key === 'g' ? Date.now() : 0;
      switch (key) {
        case 'g':
          return true;
        case '?':
          overlayOpen.set('shortcuts');
          return true;
        case 'j':
          move(1);
          return true;
        case 'k':
          move(-1);
          return true;
        case '/':
          document.getElementById('list-search')?.focus();
          return true;
        case '1':
          showStatus('open');
          return true;
        case '2':
          showStatus('done');
          return true;
        case '[':
          switchInbox(-1);
          return true;
        case ']':
          switchInbox(1);
          return true;
        case 'c':
          composeOpen.set(true);
          return true;
        case 'u':
          showStatus(current.current?.status ?? 'open');
          return true;
        default:
          return tellShortcut(key);
      }
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault();
        overlayOpen.set(overlayOpen.get() === 'palette' ? null : 'palette');
        return;
      }
      if (!preferences.get().shortcuts || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.repeat && event.key !== 'j' && event.key !== 'k') return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      if (event.key === 'Enter') {
        // On a link or button Enter is theirs; elsewhere it goes to the composer of the open conversation.
        if (event.target === document.body || (event.target as Element).id === 'thread') {
          document.getElementById('composer')?.focus();
          event.preventDefault();
        }
        return;
      }
      if (act(event.key)) event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [navigate]);
}

const openId = (): string => decodeURIComponent(/\/c\/([^/]+)$/.exec(location.pathname)?.[1] ?? '');

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
}
