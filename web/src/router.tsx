import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import type { InboxSearch } from './inbox/layout.js';
import { InboxPage } from './inbox/inbox-page.js';
import { InboxesIndex } from './inbox/inboxes-index.js';
import { ConversationLink } from './inbox/conversation-link.js';
import { NoThread } from './thread/no-thread.js';
import { ThreadPage } from './thread/thread-page.js';
import { CrashScreen } from './shell/crash-screen.js';
import { NotFoundScreen } from './shell/not-found-screen.js';
import { Root } from './shell/root.js';
import { AdminHome } from './shell/admin-home.js';
import { SignInPage } from './shell/sign-in-page.js';
import { SignedIn } from './shell/signed-in.js';

const rootRoute = createRootRoute({ component: Root, notFoundComponent: NotFoundScreen });
const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signin',
  component: SignInPage,
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search['to'] === 'string' && /^\/(?!\/)/.test(search['to']) ? { to: search['to'] } : {},
});
const simulator = createRoute({
  getParentRoute: () => rootRoute,
  path: '/simulator',
  component: lazyRouteComponent(() => import('./simulator/simulator-page.js')),
});
const shell = createRoute({ getParentRoute: () => rootRoute, id: 'shell', component: SignedIn });
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: () => <Navigate to="/inboxes" replace />,
});
const inboxes = createRoute({ getParentRoute: () => shell, path: '/inboxes', component: InboxesIndex });
const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inboxes/$inboxId',
  component: InboxPage,
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    ...(search['status'] === 'done' || search['status'] === 'snoozed' ? { status: search['status'] } : {}),
    ...(typeof search['q'] === 'string' && search['q'] !== '' ? { q: search['q'] } : {}),
    ...(typeof search['tag'] === 'string' && search['tag'] !== '' ? { tag: search['tag'] } : {}),
  }),
});
const noThread = createRoute({ getParentRoute: () => inbox, path: '/', component: NoThread });
const thread = createRoute({
  getParentRoute: () => inbox,
  path: '/c/$conversationId',
  component: ThreadPage,
});
const conversationLink = createRoute({
  getParentRoute: () => shell,
  path: '/conversations/$conversationId',
  component: ConversationLink,
});
const routing = createRoute({
  getParentRoute: () => shell,
  path: '/routing',
  component: lazyRouteComponent(() => import('./admin/routing-page.js')),
});

const admin = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  component: lazyRouteComponent(() => import('./admin/admin-page.js')),
});
const adminHome = createRoute({
  getParentRoute: () => admin,
  path: '/',
  component: AdminHome,
});
const people = createRoute({
  getParentRoute: () => admin,
  path: '/people',
  component: lazyRouteComponent(() => import('./admin/people-page.js')),
});
const sharedInboxes = createRoute({
  getParentRoute: () => admin,
  path: '/inboxes',
  component: lazyRouteComponent(() => import('./admin/inboxes-page.js')),
});
const templates = createRoute({
  getParentRoute: () => admin,
  path: '/templates',
  component: lazyRouteComponent(() => import('./admin/templates-page.js')),
});
const tags = createRoute({
  getParentRoute: () => admin,
  path: '/tags',
  component: lazyRouteComponent(() => import('./admin/tags-page.js')),
});
const contacts = createRoute({
  getParentRoute: () => shell,
  path: '/contacts',
  component: lazyRouteComponent(() => import('./contacts/contacts-page.js')),
});
const noContact = createRoute({
  getParentRoute: () => contacts,
  path: '/',
  component: lazyRouteComponent(() => import('./contacts/no-contact.js')),
});
const contact = createRoute({
  getParentRoute: () => contacts,
  path: '/$contactId',
  component: lazyRouteComponent(() => import('./contacts/contact-page.js')),
});
const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  component: lazyRouteComponent(() => import('./search/search-page.js')),
  validateSearch: (given: Record<string, unknown>): { q?: string } =>
    typeof given['q'] === 'string' && given['q'] !== '' ? { q: given['q'] } : {},
});
const apiKeys = createRoute({
  getParentRoute: () => admin,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./admin/api-keys-page.js')),
});
const webhooks = createRoute({
  getParentRoute: () => admin,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./admin/webhooks-page.js')),
});
const carriers = createRoute({
  getParentRoute: () => admin,
  path: '/carriers',
  component: lazyRouteComponent(() => import('./admin/carriers-page.js')),
});
const optOuts = createRoute({
  getParentRoute: () => admin,
  path: '/opt-outs',
  component: lazyRouteComponent(() => import('./admin/opt-outs-page.js')),
});
const audit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  component: lazyRouteComponent(() => import('./admin/audit-page.js')),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-page.js')),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signIn,
    simulator,
    shell.addChildren([
      home,
      inboxes,
      inbox.addChildren([noThread, thread]),
      conversationLink,
      search,
      contacts.addChildren([noContact, contact]),
      routing,
      admin.addChildren([
        adminHome,
        people,
        sharedInboxes,
        templates,
        tags,
        carriers,
        optOuts,
        apiKeys,
        webhooks,
        audit,
      ]),
      settings,
    ]),
  ]),
  defaultErrorComponent: CrashScreen,
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
