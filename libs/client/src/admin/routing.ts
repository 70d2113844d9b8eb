import type { DIRECTORY, DirectoryKind } from '@partyline/contracts';
import type { z } from 'zod';
import type { Call } from '../request.js';
import { resource } from '../resource.js';

type Given<K extends DirectoryKind> = z.input<(typeof DIRECTORY)[K]>;
/** With the revision that was on the screen it is refused (STALE) when somebody else was faster. */
type Change<K extends DirectoryKind> = Partial<Omit<Given<K>, 'id'>> & { readonly revision?: number };
type New<K extends DirectoryKind> = Omit<Given<K>, 'id'> &
  (K extends 'numbers' ? { readonly id: string } : { readonly id?: string });
type Kept<K extends DirectoryKind> = z.infer<(typeof DIRECTORY)[K]> & { readonly revision: number };

const directory = <K extends DirectoryKind>(call: Call, kind: K) =>
  resource<Kept<K>, New<K>, Change<K>>(call, `/admin/${kind}`);

export const routingCalls = (call: Call) => ({
  numbers: directory(call, 'numbers'),
  departments: directory(call, 'departments'),
  ringGroups: directory(call, 'ring-groups'),
  welcomeMenus: directory(call, 'welcome-menus'),
  schedules: directory(call, 'schedules'),
  inboxes: directory(call, 'inboxes'),
});
