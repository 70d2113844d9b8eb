import type { ContactTime } from '@partyline/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../api/client.js';

const FRESH_MS = 10 * 60_000;

/** Where these numbers are does not change; the quiet hours may, and each night has an end. */
export const contactTimeQuery = (numbers: readonly string[]) =>
  queryOptions({
    queryKey: ['contact-time', ...numbers],
    queryFn: () => api.contactTime(numbers),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });

/** Undefined while, or where, nobody answers: nothing waits for it. */
export const useContactTime = (numbers: readonly string[]): ContactTime | undefined =>
  useQuery(contactTimeQuery(numbers)).data;
