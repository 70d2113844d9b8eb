import { lazy } from 'react';

const loadMenu = () => import('./menu.js');
const loadModal = () => import('./modal.js');
const loadPicker = () => import('../thread/member-picker.js');
const loadTagsOf = () => import('../tags/tags-of-conversation.js');
const loadSnooze = () => import('../thread/snooze-dialog.js');
const loadAway = () => import('../shell/away-dialog.js');
const loadPalette = () => import('../palette/palette.js');
const loadShortcuts = () => import('../shell/shortcuts-help.js');
const loadSegments = () => import('../composer/segment-counter.js');
const loadCompose = () => import('../inbox/start-dialog.js');

/** Overlays come after the first paint: together they weigh as much as the inbox itself. */
export const TemplateMenu = lazy(() => import('../composer/template-menu.js'));
export const MenuPopover = lazy(loadMenu);
export const ModalDialog = lazy(loadModal);
export const MemberPicker = lazy(loadPicker);
export const TagPicker = lazy(() => import('../tags/tag-picker.js'));
export const TagsOfConversation = lazy(loadTagsOf);
export const SnoozeDialog = lazy(loadSnooze);
export const AwayDialog = lazy(loadAway);
export const Palette = lazy(loadPalette);
export const ShortcutsHelp = lazy(loadShortcuts);
export const SegmentCounter = lazy(loadSegments);
export const StartDialog = lazy(loadCompose);

export function preloadOverlays(): void {
  const load = () => {
    for (const each of [
      loadSegments,
      loadMenu,
      loadModal,
      loadPicker,
      loadTagsOf,
      loadSnooze,
      loadPalette,
      loadShortcuts,
    ]) {
      // When it fails now, opening the overlay tries again and tells.
      void each().catch(() => undefined);
    }
  };
  if ('requestIdleCallback' in globalThis) requestIdleCallback(load, { timeout: 4000 });
  else setTimeout(load, 2000);
}
