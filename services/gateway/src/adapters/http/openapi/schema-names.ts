import {
  apiKeySchema,
  assignBody,
  auditItemSchema,
  bulkAnswerSchema,
  bulkBody,
  bulkResultSchema,
  carrierAccountInputSchema,
  carrierAccountViewSchema,
  carrierSchema,
  changeCarrierAccountBody,
  mappingTryOutSchema,
  tryMappingBody,
  changeContactBody,
  changeTagBody,
  changeTemplateBody,
  changeUserBody,
  commandAcceptedSchema,
  contactDetailSchema,
  contactSchema,
  contactTimeSchema,
  conversationSchema,
  conversationViewSchema,
  countsSchema,
  createdApiKeySchema,
  createUserBody,
  doneBody,
  eraseContactBody,
  inboxMemberSchema,
  inboxSummarySchema,
  loginAnswerSchema,
  loginBody,
  attachmentSchema,
  sendingHealthSchema,
  consentRecordSchema,
  consentResultSchema,
  consentsBody,
  consentSettingsBody,
  consentSettingsSchema,
  mediaSchema,
  mergeContactBody,
  meSchema,
  newContactBody,
  newTagBody,
  newTemplateBody,
  tagBody,
  tagSchema,
  templateSchema,
  noteBody,
  newApiKeyBody,
  notificationSchema,
  preferencesSchema,
  pricesSchema,
  problemSchema,
  quietHoursSettingsSchema,
  reconcileInputSchema,
  refusedWebhookSchema,
  reconciliationSchema,
  secretUntilSchema,
  spareSecretSchema,
  pushSubscriptionSchema,
  readBody,
  reopenBody,
  replyBody,
  returnBody,
  replyPriceSchema,
  roleBody,
  roleSchema,
  routeSchema,
  snoozeBody,
  wakeBody,
  searchAnswerSchema,
  startBody,
  timelineItemSchema,
  transferBody,
  typingBody,
  userSchema,
  webhookBody,
  webhookChangeBody,
  webhookDeliverySchema,
  alertPayloadSchema,
  webhookPayloadSchema,
  webhookSchema,
  webhookWithSecretSchema,
  viewingBody,
} from '@partyline/contracts';
import { ALERT_PAYLOAD } from './examples/arrivals.js';
import {
  CARRIER,
  CARRIER_ACCOUNT,
  RECONCILIATION,
  REFUSED_WEBHOOK,
  SENDING,
  TRY_OUT,
  WEBHOOK,
  WEBHOOK_DELIVERY,
} from './examples/carriers.js';
import {
  CONSENT,
  CONSENT_RESULT,
  CONSENT_SETTINGS,
  CONTACT,
  CONTACT_DETAIL,
  CONTACT_TIME,
} from './examples/contacts.js';
import {
  ACCEPTED,
  BULK,
  CONVERSATION,
  FOUND,
  INBOX_MEMBER,
  INBOX_SUMMARY,
  NOTE,
  NOTIFICATION,
  TAG,
  TEMPLATE,
  TRAIL,
} from './examples/conversations.js';
import { API_KEY, ME, ROLE, SIGNED_IN, USER } from './examples/people.js';
import { ROUTE } from './examples/routing.js';
import { name } from './schema-registry.js';

// What schemas are called in the OpenAPI document, and an example of each that is sent or answered by itself.

name(problemSchema, 'Problem', {
  type: 'urn:partyline:problem:assigned-to-other',
  title: 'Assigned to somebody else',
  status: 409,
  detail: 'Ben Ortiz took this conversation.',
  instance: '/api/v1/conversations/cv_5sVnI4Yy0C3xk1lQn0pK2w/assign',
  code: 'ASSIGNED_TO_OTHER',
  correlationId: 'co_4be1d1a2c0f54d3c9d0a7a1c0b0e7f11',
  by: { id: 'ben', name: 'Ben Ortiz' },
  at: '2026-11-23T18:00:00.000Z',
});
name(loginBody, 'SignIn', { email: 'ada@example.com', password: 'partyline' });
name(loginAnswerSchema, 'SignedIn', SIGNED_IN);
name(meSchema, 'Me', ME);
name(assignBody, 'Assign', { userId: 'ben', expectedEpoch: 3 });
name(transferBody, 'Transfer', { userId: 'cleo', expectedEpoch: 4 });
name(returnBody, 'Return', { expectedEpoch: 4 });
name(doneBody, 'Done', { expectedEpoch: 4, seenSeq: 12 });
name(snoozeBody, 'Snooze', { expectedEpoch: 4, until: '2026-11-24T08:00:00.000Z' });
name(wakeBody, 'Wake', { expectedEpoch: 5 });
name(reopenBody, 'Reopen', { expectedEpoch: 5 });
name(bulkBody, 'Bulk', {
  action: 'done',
  items: [{ conversationId: 'cv_5sVnI4Yy0C3xk1lQn0pK2w', expectedEpoch: 4 }],
});
name(bulkResultSchema, 'BulkResult', BULK.results[0]);
name(bulkAnswerSchema, 'BulkAnswer', BULK);
name(replyBody, 'Reply', { clientMessageId: '0f8b3c1e', text: 'On our way!', expectedEpoch: 4 });
name(noteBody, 'Note', { text: 'Called them back, all good.' });
name(readBody, 'Read', { seq: 12 });
name(typingBody, 'Typing', { typing: true });
name(viewingBody, 'Viewing', { viewing: true });
name(startBody, 'Start', { to: '+14155550123', clientMessageId: '9a7d22f0', text: 'Your order is ready.' });
name(contactSchema, 'Contact', CONTACT);
name(contactDetailSchema, 'ContactDetail', CONTACT_DETAIL);
name(contactTimeSchema, 'ContactTime', CONTACT_TIME);
name(quietHoursSettingsSchema, 'QuietHours', { hours: { from: '21:00', to: '08:00' } });
name(newContactBody, 'NewContact', { name: 'Maria Santos', numbers: ['(310) 555-0142'] });
name(changeContactBody, 'ContactChange', { expectedRevision: 2, notes: 'Prefers mornings.' });
name(mergeContactBody, 'OtherContact', { contactId: 'ct_1f0e9d8c', expectedRevision: 2 });
name(tagSchema, 'Tag', TAG);
name(tagBody, 'Tagging', { add: ['tg_5sVnI4Yy0C3xk1lQ'], remove: [] });
name(newTagBody, 'NewTag', { name: 'Refund', colour: 'orange' });
name(changeTagBody, 'TagChange', { name: 'Money back', revision: 1 });
name(eraseContactBody, 'EraseContact', { confirm: '+13105550142', expectedRevision: 2 });
name(templateSchema, 'Template', TEMPLATE);
name(newTemplateBody, 'NewTemplate', {
  name: 'On its way',
  text: 'Hi {{contact.firstName|there}}, your order is on its way. {{agent.name}}',
  inboxId: null,
});
name(changeTemplateBody, 'TemplateChange', { name: 'Shipped', revision: 1 });
name(searchAnswerSchema, 'Found', FOUND);
name(mediaSchema, 'Media');
name(attachmentSchema, 'Attachment', { id: 'up_1f0e9d8c', contentType: 'image/png' });
name(countsSchema, 'Counts');
name(conversationSchema, 'Conversation');
name(conversationViewSchema, 'ConversationView', CONVERSATION);
name(commandAcceptedSchema, 'CommandAccepted', ACCEPTED);
name(timelineItemSchema, 'TimelineItem', NOTE);
name(inboxSummarySchema, 'InboxSummary', INBOX_SUMMARY);
name(inboxMemberSchema, 'InboxMember', INBOX_MEMBER);
name(notificationSchema, 'Notification', NOTIFICATION);
name(preferencesSchema, 'Preferences', { unassigned: { 'ring_group-sales': false }, push: true });
name(pushSubscriptionSchema, 'PushSubscription');
name(routeSchema, 'Route', ROUTE);
name(auditItemSchema, 'AuditItem', TRAIL);
name(carrierAccountViewSchema, 'CarrierAccount', CARRIER_ACCOUNT);
name(changeCarrierAccountBody, 'CarrierAccountChange', { name: 'Our main account', revision: 3 });
name(carrierSchema, 'Carrier', CARRIER);
name(mappingTryOutSchema, 'MappingTryOut', TRY_OUT);
name(tryMappingBody, 'MappingSample', {
  mapping:
    '{"from":"sender","to":"receiver","text":"body","send":{"url":"https://api.example.com/send","fields":{"text":"{text}"}}}',
  body: '{"sender":"+13105550142","receiver":"+12125550101","body":"Hi"}',
});
name(carrierAccountInputSchema, 'NewCarrierAccount', {
  carrier: 'twilio',
  name: 'Our Twilio account',
  publicUrl: 'https://hooks.example.com/hooks/twilio/main',
  settings: { accountSid: 'AC00000000000000000000000000000000' },
  active: true,
  secrets: { authToken: 'from the Twilio console' },
  prices: { currency: 'USD', sms: '0.0079', mms: '0.02', places: [{ to: 'GB', sms: '0.04' }] },
});
name(userSchema, 'User', USER);
name(createUserBody, 'NewUser', {
  email: 'eve@example.com',
  name: 'Eve Adams',
  roleId: 'member',
  password: 'a first password',
});
name(changeUserBody, 'UserChange', { active: false });
name(roleSchema, 'Role', ROLE);
name(roleBody, 'NewRole', { name: 'Night shift', permissions: ['view', 'reply', 'claim', 'note'] });
name(refusedWebhookSchema, 'RefusedWebhook', REFUSED_WEBHOOK);
name(sendingHealthSchema, 'SendingHealth', SENDING);
name(pricesSchema, 'CarrierPrices');
name(replyPriceSchema, 'ReplyPrice', { currency: 'USD', sms: '0.0079', mms: '0.02' });
name(consentRecordSchema, 'ConsentRecord', CONSENT);
name(consentResultSchema, 'ConsentResult', CONSENT_RESULT);
name(consentsBody, 'Consents', { items: [{ peer: '+14155550123', state: 'opted_out' }] });
name(consentSettingsSchema, 'ConsentSettings', CONSENT_SETTINGS);
name(consentSettingsBody, 'ConsentSettingsChange', {
  languages: ['es'],
  answers: { es: { stop: 'Ferretería Sol: baja confirmada. START para volver.' } },
});
name(spareSecretSchema, 'SpareSecret', { value: 'the new token', expiresAt: '2027-01-31T00:00:00.000Z' });
name(secretUntilSchema, 'SecretUntil', { expiresAt: '2027-01-31T00:00:00.000Z' });
name(reconciliationSchema, 'Reconciliation', RECONCILIATION);
name(reconcileInputSchema, 'ReconcileRequest', { hours: 48 });
name(newApiKeyBody, 'NewApiKey', { name: 'Nightly report', scopes: ['view', 'export'], expiresInDays: 90 });
name(apiKeySchema, 'ApiKey', API_KEY);
name(createdApiKeySchema, 'CreatedApiKey', { key: API_KEY, secret: 'plk_demo_ak_1f0e9d8c_shown-this-once' });
name(webhookBody, 'NewWebhook', {
  url: 'https://crm.example.com/partyline',
  description: 'CRM',
  events: ['message.received', 'conversation.done'],
});
name(webhookChangeBody, 'WebhookChange', { active: true });
name(webhookSchema, 'Webhook', WEBHOOK);
name(webhookWithSecretSchema, 'WebhookWithSecret', {
  webhook: WEBHOOK,
  secret: 'whsec_c2hvd24gdGhpcyBvbmNl',
});
name(webhookDeliverySchema, 'WebhookDelivery', WEBHOOK_DELIVERY);
name(webhookPayloadSchema, 'WebhookPayload');
name(alertPayloadSchema, 'AlertPayload', ALERT_PAYLOAD);
