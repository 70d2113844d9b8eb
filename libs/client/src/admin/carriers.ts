import type {
  AccountAlert,
  AccountRecording,
  carrierAccountInputSchema,
  CarrierAccountView,
  CarrierDescription,
  changeCarrierAccountBody,
  MappingTryOut,
  QuietNumber,
  RecordedRequestDetail,
  reconcileInputSchema,
  ReconciliationView,
  RefusedWebhookView,
  secretUntilSchema,
  SendingHealth,
  spareSecretSchema,
  startRecordingBody,
  tryMappingBody,
} from '@partyline/contracts';
import type { z } from 'zod';
import { path, query } from '../path.js';
import type { Call } from '../request.js';
import { resource } from '../resource.js';

type AccountInput = z.input<typeof carrierAccountInputSchema>;

export const carriersCalls = (call: Call) => ({
  carrierAccounts: {
    ...resource<CarrierAccountView, AccountInput, z.input<typeof changeCarrierAccountBody>>(
      call,
      '/admin/carrier-accounts',
    ),
    /** Of the last 24 hours; accounts that sent nothing are not in it. */
    sending: () => call<SendingHealth[]>('GET', '/admin/carrier-accounts/sending'),
    /** Those that do not work as they should, in words. */
    alerts: () => call<AccountAlert[]>('GET', '/admin/carrier-accounts/alerts'),
    refusedWebhooks: (id: string, limit?: number) =>
      call<RefusedWebhookView[]>(
        'GET',
        path`/admin/carrier-accounts/${id}/refused-webhooks` + query({ limit }),
      ),
    /** What arrived since somebody wanted to see it, and until when more is recorded. */
    recording: (id: string) => call<AccountRecording>('GET', path`/admin/carrier-accounts/${id}/recording`),
    startRecording: (id: string, body: z.input<typeof startRecordingBody> = {}) =>
      call<AccountRecording>('POST', path`/admin/carrier-accounts/${id}/recording`, { body }),
    stopRecording: (id: string) =>
      call<AccountRecording>('DELETE', path`/admin/carrier-accounts/${id}/recording`),
    recordedRequest: (id: string, requestId: string) =>
      call<RecordedRequestDetail>('GET', path`/admin/carrier-accounts/${id}/recording/requests/${requestId}`),
    /** From now on webhooks signed with it are accepted, too. */
    addSpare: (id: string, secret: string, body: z.input<typeof spareSecretSchema>) =>
      call<CarrierAccountView>('PUT', path`/admin/carrier-accounts/${id}/secrets/${secret}/spare`, { body }),
    retireSpare: (id: string, secret: string, revision?: number) =>
      call<CarrierAccountView>(
        'DELETE',
        path`/admin/carrier-accounts/${id}/secrets/${secret}/spare` + query({ revision }),
      ),
    promoteSpare: (id: string, secret: string, body: z.input<typeof secretUntilSchema>) =>
      call<CarrierAccountView>('POST', path`/admin/carrier-accounts/${id}/secrets/${secret}/promote`, {
        body,
      }),
  },
  quietNumbers: {
    /** Numbers that usually get texts and have had none for longer than they should. */
    list: () => call<QuietNumber[]>('GET', '/admin/quiet-numbers'),
  },
  carriers: {
    list: () => call<CarrierDescription[]>('GET', '/admin/carriers'),
    /** What a mapping makes of a webhook; nothing is kept. */
    tryMapping: (body: z.input<typeof tryMappingBody>) =>
      call<MappingTryOut>('POST', '/admin/carriers/generic/try-out', { body }),
  },
  reconciliations: {
    list: () => call<ReconciliationView[]>('GET', '/admin/reconciliations'),
    start: (accountId: string, body: z.input<typeof reconcileInputSchema>) =>
      call<ReconciliationView>('POST', path`/admin/reconciliations/${accountId}`, { body }),
  },
});
