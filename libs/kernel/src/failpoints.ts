/**
 * Every place where a process may die between two durable effects, on the way of a text from the webhook to the browser
 * and of a reply back: its name, and what stands (and what does not) when it dies there. Code hits each of them with
 * `failpoint(name)`; the suite `test/failpoints.proof.spec.ts` kills there.
 */
export const FAILPOINTS = {
  // A text or a status comes in.
  'ingest.webhook-verified': 'A genuine webhook is parsed; nothing is stored.',
  'ingest.receipts-stored': 'Receipts are stored; the carrier has no answer.',
  'ingest.webhook-answered': 'The carrier may have its 2xx; nothing is published.',
  'ingest.receipts-published': 'Receipts are published; nobody is known to have them.',
  'ingest.delivery-taken': 'What an SMSC handed over is read; nothing is stored.',
  'ingest.delivery-kept': 'What an SMSC handed over is stored; the SMSC has no answer.',
  'ingest.delivery-answered': 'The SMSC may have its answer; that it has is not proven, nor noted.',
  'ingest.bind-begun': 'Whoever receives next from an SMSC has begun; there is no bind.',
  'ingest.bind-noted': 'It is noted which texts an SMSC may hand over again; the bind stands.',
  'ingest.landing-heard': 'The conversation has the text; its receipt is open.',
  'ingest.texts-landed': 'Receipts of texts are closed; the events are not acknowledged.',
  'ingest.statuses-landed': 'Receipts of statuses are closed; the events are not acknowledged.',
  'ingest.receipts-made-due': 'Open receipts are due at once; none is published again.',
  'ingest.receipts-republished': 'Open receipts are published again; that is not noted.',
  'ingest.media-expected': 'It is known which pictures a text has; the receipt is not closed.',
  'ingest.media-fetched': 'A picture came from the carrier; it is not kept.',
  'ingest.media-half-stored': 'A picture is stored; its small version is not.',
  'ingest.media-stored': 'The bytes of a picture are stored; no record says so.',
  'ingest.media-kept': 'A picture is kept; whoever asked for it has no answer.',
  'ingest.upload-expected': 'It is known that a file to send comes; none of its bytes are stored.',
  'ingest.upload-stored': 'The bytes of a file to send are stored; its record does not say so.',
  'ingest.upload-recorded': 'A file to send is kept; whoever handed it in has no answer.',

  'ingest.upload-dropped': 'The bytes of a file that nobody sent are gone; its record is there.',
  'ingest.media-erased': 'Records say that pictures are erased; their bytes are there.',
  'ingest.media-dropped': 'The bytes of erased pictures are gone; the receipts hold what was written.',
  'ingest.parts-joined': 'It is decided which parts are one text; none of them carries it.',
  'ingest.joined-text-stored': 'One part carries the whole text; the others still wait for each other.',
  'ingest.join-applied': 'The parts of a text are settled; the text is not published.',
  'ingest.followers-landed': 'The parts of a text that landed are closed; they are looked at once more.',

  // It is decided where it goes.
  'routing.texts-taken': 'Texts are here; nothing is decided.',
  'routing.dialogues-saved': 'What a menu dialogue has come to is saved; the decision is not published.',
  'routing.texts-routed': 'Decisions are published; the texts are not acknowledged.',
  'routing.directory-changed': 'An Admin’s change is stored; nobody is told.',
  'routing.directory-published': 'Changes of the directory are published; that is not noted.',
  'routing.directory-marked':
    'Changes of the directory are noted as published; whoever made them has no answer.',
  'routing.users-applied': 'Users are known; the inboxes that follow from them are not made.',
  'routing.directory-reopened': 'All of the directory is to be told to a new stream; none of it is.',

  // It becomes part of its conversation, or a person's command does.
  'inbox.texts-taken': 'Routed texts are here; nothing is in the log.',
  'inbox.command-taken': 'A person’s command is here; nothing is in the log.',
  'inbox.entries-appended': 'Entries are in the log; lists do not show them.',
  'inbox.entries-projected': 'Lists show the entries; nothing is published.',
  'inbox.entries-published': 'Entries are published; contacts and marks do not say so.',
  'inbox.contacts-written': 'Contacts show the activity; the entries are not marked as published.',
  'inbox.entries-marked': 'Entries are marked as published.',
  'inbox.command-committed': 'A person’s command is in the log; they have no answer.',
  'inbox.consent-recorded': 'A STOP or START is recorded; conversations do not show it.',
  'inbox.consent-spread': 'Conversations show a STOP or START; whether another one came is not looked at.',
  'inbox.menus-left':
    'A text chose from a menu and the menu’s conversation is closed; the text is not acknowledged.',
  'inbox.texts-landed': 'Texts and all that follows from them are durable; they are not acknowledged.',
  'inbox.statuses-appended': 'Statuses are in the log; the replies still count as unheard by delivery.',
  'inbox.statuses-recorded': 'Delivery is known to have the replies; its events are not acknowledged.',
  'inbox.cursor-moved': 'Somebody’s read cursor moved; their other windows are not told.',
  'inbox.erasure-said': 'Conversations say that content was erased; all of it is still there.',
  'inbox.content-erased': 'Content is gone from the log; the other services still have it.',
  'inbox.erasure-told': 'Content is gone everywhere; that it is finished is not noted.',
  'inbox.left-behind-repaired': 'Lists show entries that a crash had left behind; nobody is told of them.',
  'inbox.left-behind-told': 'Entries that a crash had left behind are told and marked; the sweep goes on.',
  'inbox.delivery-reminded': 'Delivery is told again of a reply; when to ask next is not noted.',
  'inbox.directory-kept': 'A change of people or inboxes is kept; what it strands is not returned.',
  'inbox.stranded-returned': 'Stranded conversations are in Unassigned; the change is not acknowledged.',
  'inbox.consents-repeated':
    'A new stream was told who must not be texted; the stream does not count as told.',

  'inbox.waiting-assigned': 'Who waited was given to people by rule; whose turn it is next is not noted.',
  'inbox.contact-changed': 'A contact is changed; conversations do not show its name.',
  'inbox.names-spread': 'Conversations show a contact’s name; that none is left is not noted.',

  // A reply goes out.
  'delivery.replies-taken': 'Queued replies are here; no attempt is stored.',
  'delivery.consents-recorded': 'Who must not be texted is recorded; the replies behind it are not stored.',
  'delivery.attempts-stored': 'Attempts are stored; the event is not acknowledged, nothing is sent.',
  'delivery.attempt-claimed': 'An attempt is claimed; the carrier has heard nothing.',
  'carriers.text-submitted': 'An SMSC may have a text, or a part of one; it has not answered.',
  'carriers.part-submitted': 'An SMSC took a part of a long text; it does not have the next one.',
  'delivery.carrier-answered': 'The carrier has the text and said so; the outcome is not stored.',
  'delivery.outcome-stored': 'The outcome of an attempt is stored; nobody is told.',
  'delivery.announcement-counted': 'A status is noted as announced; it is not published.',
  'delivery.status-published': 'A status is published; whoever waits for that goes on.',
  'delivery.carrier-status-applied': 'A carrier’s status is stored; nobody is told.',
  'delivery.carrier-status-announced': 'A carrier’s status is published; its event is not acknowledged.',
  'delivery.status-landed':
    'The conversation shows a status and that is noted; the event is not acknowledged.',
  'delivery.interrupted-settled': 'An interrupted attempt is settled as unknown; nobody is told.',
  'delivery.log-compared':
    'What a page of a carrier’s log brought is taken over; that the page was read is not noted.',

  // People are told.
  'notify.waits-observed': 'Who waits is noted; alerts do not follow.',
  'notify.alerts-cancelled': 'Alerts are cancelled; their timers run.',
  'notify.alerts-stored': 'Alerts are stored; they have no timers.',
  'notify.timers-set': 'Timers of alerts run; the events are not acknowledged.',
  'notify.notifications-stored': 'Notifications are stored; nobody is told.',
  'notify.notifications-published': 'Open browsers are told; no push is queued.',
  'notify.pushes-queued': 'Pushes are queued; the notifications do not count as told.',
  'notify.notifications-marked': 'Notifications count as told; the events are not acknowledged.',
  'notify.alert-claimed': 'An alert counts as sent; no Admin is told.',
  'notify.admins-told': 'Admins are told of an alert; that is not noted.',
  'notify.alert-told': 'Admins are told of an alert and that is noted; its timer’s job is not done.',
  'notify.managers-told':
    'Whoever manages routing is told of a number or an account; what other systems are told is not written down.',
  'notify.number-told': 'It is told that a number is quiet, or heard again; that is not noted.',
  'notify.account-told': 'It is told that an account fails, or works again; that is not noted.',
  'notify.push-taken': 'A push is about to be sent.',
  'notify.push-sent': 'A push service has a push; its job is not done.',
  'notify.inboxes-applied': 'An inbox’s change is kept; alerts that are set already do not follow it.',
  'notify.webhooks-stored': 'It is noted what webhooks have to be sent; none is queued.',
  'notify.webhooks-queued': 'Webhooks are queued; the events are not acknowledged.',
  'notify.webhook-claimed': 'A webhook counts as on its way; nobody was called.',
  'notify.webhook-sent': 'An endpoint has a webhook; that is not noted.',
  'notify.webhook-arrived': 'An endpoint counts as working; that the webhook arrived is not noted.',
  'notify.webhook-failed': 'It is noted that a webhook did not arrive; its next try has no timer.',
  'notify.endpoint-given-up': 'Admins are told that an endpoint is turned off; it is on.',

  // People come in, and see.
  'gateway.session-created': 'A login session is stored; the browser has no cookie.',
  'gateway.session-rotated': 'A refresh token is used up; the browser does not have the next one.',
  'gateway.session-revoked': 'A session is ended; the browser has no answer.',
  'gateway.command-taken': 'A command is understood; the inbox service has not heard of it.',
  'gateway.command-answered': 'The inbox service has carried out a command; the browser has no answer.',
  'gateway.act-begun': 'It is written down that somebody sets out to do something; it is not done.',
  'gateway.act-carried-out':
    'Something that an Admin asked for is done, or refused; that is not written down.',
  'gateway.one-of-many-changed':
    'One of many conversations is changed; nobody is answered, others are not changed.',
  'gateway.accounts-changed': 'Users or roles are changed; nobody is told.',
  'gateway.users-published': 'Changed users are published; that is not noted.',
  'gateway.users-marked': 'Changed users are noted as published.',
  'gateway.users-reopened': 'All users are to be told to a new stream; none is.',
  'gateway.tenant-made': 'The first tenant is made; it has no users.',
  'gateway.event-read': 'An event of a conversation is read from its stream; no browser has it.',
  'gateway.event-sent': 'An event of a conversation was written to those who watch.',

  // What all services do.
  'mongo.migration-applied': 'A migration’s changes are made; it does not count as done.',
  'bus.stream-made': 'A stream is made; whoever publishes state to it is not told.',
  'bus.stream-told': 'A new stream was told the state; it does not count as told.',
  'bus.dead-letter-kept': 'An event that can never be handled is kept; it is not terminated.',
} as const satisfies Readonly<Record<string, string>>;

export type Failpoint = keyof typeof FAILPOINTS;
