import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import type { Notification } from '@partyline/contracts';
import { api } from '../api/client.js';
import { session } from '../api/session.js';
import type { Me } from '../api/types.js';
import { contactTitle } from '../format/names.js';
import { withPhones } from '../format/phone.js';
import { startSync } from '../live/sync.js';
import { updateAppBadge } from '../pwa/app-badge.js';
import { onPushOpened } from '../pwa/push.js';
import { announce } from '../state/announcer.js';
import { toast } from '../state/toasts.js';
import { preloaded, preloadOverlays } from '../ui/lazy.js';
import { OfflineBanner } from './offline-banner.js';
import { SideNav } from './side-nav.js';
import styles from './shell.module.css';
import { closeOverlay, overlayOpen } from './overlay-state.js';
import { useRoleOf } from './use-role.js';
import { useGlobalShortcuts } from './use-global-shortcuts.js';
import { useValue } from '../state/value-store.js';

const Palette = preloaded(() => import('../palette/palette.js'));
const ShortcutsHelp = preloaded(() => import('./shortcuts-help.js'));

/** Whoever looks at the conversation, or at the list where it just moved up, needs no second word about it. */
function isOnScreen({ kind, conversationId, inboxId }: Notification): boolean {
  if (document.visibilityState !== 'visible') return false;
  const path = location.pathname;
  if (path.endsWith(`/c/${conversationId}`)) return true;
  return (kind === 'unassigned' || kind === 'mine') && path.startsWith(`/inboxes/${inboxId}`);
}

export function Shell({ me }: { me: Me }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const overlay = useValue(overlayOpen);
  const inThread = useLocation({ select: (location) => location.pathname.includes('/c/') });
  const [viewer] = useState(() => ({ id: me.id, name: me.name, permissions: me.permissions }));

  useEffect(() => {
    const stop = startSync(viewer, {
      onNotification: (notification) => {
        if (isOnScreen(notification)) return;
        toast('info', withPhones(`${notification.title}: ${notification.body}`), [
          {
            label: 'View',
            act: () => {
              if (notification.conversationId === '')
                void navigate({
                  to: notification.kind === 'webhook_disabled' ? '/admin/webhooks' : '/admin/carriers',
                });
              else
                void navigate({
                  to: '/inboxes/$inboxId/c/$conversationId',
                  params: { inboxId: notification.inboxId, conversationId: notification.conversationId },
                  search: {},
                });
            },
          },
        ]);
      },
      onEntry: (conversation, item) => {
        if (item.type === 'contact.named' || item.type === 'conversation.erased') {
          for (const kind of ['contacts', 'contact', 'contact-history'])
            void queries.invalidateQueries({ queryKey: [kind] });
        }
        const open = location.pathname.endsWith(conversation.id);
        if (open && item.type === 'message.received') {
          announce(`${contactTitle(conversation)}: ${item.data.text}`);
        }
      },
      onDirectory: () => {
        void queries.invalidateQueries();
        // One's role may be another one, too.
        void api.me.get().then(session.updateMe, () => undefined);
      },
    });
    const stopBadge = updateAppBadge();
    const stopPush = onPushOpened((path) => void navigate({ to: path }));
    preloadOverlays();
    return () => {
      stop();
      stopBadge();
      stopPush();
    };
  }, [viewer, navigate, queries]);

  useRoleOf(me);
  useGlobalShortcuts();

  return (
    <div className={styles.shell} data-in-thread={inThread}>
      <SideNav me={me} />
      <div className={styles.main}>
        <OfflineBanner />
        <div className={styles.content}>
          <Outlet />
        </div>
      </div>
      <Suspense>
        {overlay === 'palette' && <Palette onClose={closeOverlay} />}
        {overlay === 'shortcuts' && <ShortcutsHelp onClose={closeOverlay} />}
      </Suspense>
    </div>
  );
}
