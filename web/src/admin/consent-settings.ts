import type { ConsentSettingsChange } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { toast } from '../state/toasts.js';

const KEY = ['admin', 'consent-settings'];

/** Which words count, and how they are answered. */
export function useConsentSettings() {
  const queries = useQueryClient();
  const settings = useQuery({ queryKey: KEY, queryFn: api.admin.optOuts.settings });
  const change = useMutation({
    mutationFn: (changed: ConsentSettingsChange) => api.admin.optOuts.changeSettings(changed),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return { settings, change };
}
