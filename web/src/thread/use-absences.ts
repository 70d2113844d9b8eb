import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { useLive } from '../live/store.js';

const WORDS = { available: null, away: 'away', out_of_office: 'out of office' } as const;

/** Whoever leaves while they look at something is seen to have left within this time, in milliseconds. */
const REFRESH_MS = 30_000;

/** Says of colleagues in a conversation who is away or out of office; null: they are there, or it is not known. */
export function useAbsences(conversationId: string, wanted: boolean): (userId: string) => string | null {
  const inboxId = useLive((state) => state.shown.get(conversationId)?.inboxId) ?? '';
  const members = useQuery({
    queryKey: ['members', inboxId],
    queryFn: () => api.inboxes.members(inboxId),
    enabled: wanted && inboxId !== '',
    staleTime: REFRESH_MS,
    refetchInterval: REFRESH_MS,
  });
  return (userId) => {
    const member = members.data?.find(({ id }) => id === userId);
    return member ? WORDS[member.availability] : null;
  };
}

/** A name, and in brackets that they are not there. */
export const withAbsence = (name: string, absence: string | null): string =>
  absence === null ? name : `${name} (${absence})`;
