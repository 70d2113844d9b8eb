/** Ids of derived inboxes. They are tokens of subjects on the bus: A-Z a-z 0-9 _ - only. */
export const UNROUTED_INBOX = 'unrouted';

export const departmentInbox = (id: string): string => `department-${id}`;
export const ringGroupInbox = (id: string): string => `ring_group-${id}`;
export const welcomeMenuInbox = (id: string): string => `welcome_menu-${id}`;
export const memberInbox = (userId: string): string => `member-${userId}`;
/** `sourceId`: the ring group or welcome menu whose members are the "everyone". */
export const everyoneInbox = (sourceId: string): string => `everyone-${sourceId}`;
