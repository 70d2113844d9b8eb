import type { Template } from '@partyline/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.js';

const NONE: readonly Template[] = [];

/** What fits a reply in this inbox. Asked again at most once a minute: Admins seldom change it. */
export function useTemplates(inboxId: string, wanted: boolean): readonly Template[] {
  const { data } = useQuery({
    queryKey: ['templates', inboxId],
    queryFn: () => api.inboxes.templates(inboxId),
    enabled: wanted,
    staleTime: 60_000,
  });
  return data ?? NONE;
}
