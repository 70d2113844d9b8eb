import { describe, expect, it } from '@jest/globals';
import { bandwidthErrorClass } from './bandwidth/bandwidth.errors.js';
import type { CarrierStatusReport, OpenAccount, WebhookRequest } from './carrier.js';
import { infobipErrorClass } from './infobip/infobip.status.js';
import type { ErrorClass } from './outcome.js';
import { plivoErrorClass } from './plivo/plivo.webhook.js';
import { findCarrier } from './registry.js';
import { telnyxErrorClass } from './telnyx/telnyx.status.js';
import { twilioErrorClass } from './twilio/twilio.errors.js';
import { vonageErrorClass } from './vonage/vonage.status.js';

type Codes = Partial<Record<ErrorClass, string>>;

const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/x/acme',
  settings: { number: '+12125550101' },
  secrets: {},
};

/** What a carrier's report becomes. */
function reported(
  carrier: string,
  body: string | object,
  type = 'application/json',
): Partial<CarrierStatusReport> {
  const request: WebhookRequest = {
    method: 'POST',
    query: '',
    headers: { 'content-type': type },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAt: new Date('2026-11-23T18:00:00.000Z'),
  };
  const parsed = findCarrier(carrier)?.parse(request, account);
  const event = parsed?.ok ? parsed.value[0] : undefined;
  if (event?.kind !== 'status') throw new Error(`${carrier} read no status`);
  return event;
}

/** What a refused send becomes. */
const refused = (carrier: string, status: number, json: unknown) =>
  findCarrier(carrier)?.parseSend({ status, headers: {}, body: JSON.stringify(json) });

const bird = (failure: object) => ({
  event: 'sms.outbound',
  payload: { id: 'b1', status: 'delivery_failed', ...failure },
});

/** By carrier: what its published codes mean, and how a code comes to us. */
const PUBLISHED: readonly (readonly [
  carrier: string,
  classOf: (code: string) => ErrorClass | null | undefined,
  codes: Codes,
])[] = [
  [
    'twilio',
    twilioErrorClass,
    {
      opted_out: '21610',
      invalid_destination: '21211 21214 21217 21265 21266 21604 21614 30005 63003 63024',
      unreachable: '21612 30003 63035 63036',
      landline: '21635 30006',
      spam_filtered: '30007',
      blocked: '21219 21408 21608 30004 30450 30453 30485 63032 63033',
      unregistered:
        '21212 21603 21606 21607 21657 21659 21660 21661 21703 21704 30018 30022 30023 30024 30032 30033 30034 30035 30040 30041 30042 63007',
      throttled: '14107 20429 21611 30001 30017 30027 30454 63018 63038',
      expired: '30036',
      content:
        '21602 21605 21617 21619 21620 21623 21655 21656 30011 30019 30044 63005 63019 63021 63034 63037',
      price: '30010',
      credentials: '20003 20005 30002 30037 63001',
      unknown: '30008 30410 30500 99999',
    },
  ],
  [
    'telnyx',
    telnyxErrorClass,
    {
      opted_out: '40300',
      invalid_destination: '10002 40012 40310',
      unreachable: '40006 40008',
      landline: '40001',
      spam_filtered: '40002 40003 40015 40017 40315 40322',
      blocked: '10039 40004 40309',
      unregistered: '40010 40013 40100 40150 40151 40305 40306 40308 40320 40321 40329',
      throttled: '10011 40011 40016 40018 40318',
      expired: '40005 40014',
      content: '40009 40301 40302 40304 40316 40317 40319 40328',
      price: '20100 40331',
      credentials: '10009 10010 20002 20006 20012 20013 40311 40312 40313 40314',
      unknown: '10007 99999',
    },
  ],
  [
    'bandwidth',
    bandwidthErrorClass,
    {
      opted_out: '4475 4775',
      invalid_destination: '4303 4350 4401 4404 4406 4408 4420 4434 4492 4700 4721',
      unreachable: '4701 4702 4730',
      landline: '4720',
      spam_filtered: '4470 4770 4771',
      blocked: '4421 4432 4481 4482 4750 4772 4780 4790',
      unregistered: '4302 4403 4405 4407 4431 4433 4476 4740 4773 4774 4791 4792 4793 4795',
      throttled: '4781 4785',
      expired: '4360 4794 9902',
      content: '4301 4409 4410 4411 4412 4435 4710 4711 4712 4735 4751 4752',
      credentials: '4451 4452 4493',
      unknown: '4001 5100 5600 5650 9999',
    },
  ],
  [
    'vonage, in receipts',
    (code) => vonageErrorClass('receipt', code),
    {
      opted_out: '9',
      invalid_destination: '5 11',
      unreachable: '2 3 8 12',
      blocked: '4 13 14',
      spam_filtered: '6 50 51 52 53 54',
      unregistered: '39',
      throttled: '7',
      content: '10',
      price: '15 16',
      unknown: '1 99',
    },
  ],
  [
    'vonage, in the Messages API',
    (code) => vonageErrorClass('messages', code),
    {
      opted_out: '1240',
      invalid_destination: '1040 1170 1200 1250 1300 1310',
      unreachable: '1180 1190 1220 1230 1260',
      blocked: '1050 1160 1270 1280 1340 1470',
      spam_filtered: '1210',
      unregistered: '1120 1420',
      throttled: '1000 1241',
      expired: '1360',
      content: '1022 1090',
      price: '1070 1290',
      credentials: '1060 1080 1110 1140',
      unknown: '1030 1330',
    },
  ],
  [
    'plivo',
    plivoErrorClass,
    {
      opted_out: '200',
      invalid_destination: '50 70',
      unreachable: '20 80 90',
      blocked: '60 100 201 450',
      spam_filtered: '30',
      unregistered: '40 950',
      expired: '420',
      content: '10 110',
      price: '900',
      credentials: '910',
      unknown: '1000',
    },
  ],
  [
    'sinch',
    (code) =>
      reported('sinch', {
        type: 'recipient_delivery_report_sms',
        batch_id: 'b1',
        status: 'Aborted',
        code: Number(code),
      }).errorClass,
    {
      invalid_destination: '402',
      unreachable: '404 417',
      expired: '406',
      blocked: '408 412 413 415',
      price: '409',
      unregistered: '410',
      content: '405 411 414 416 418',
      unknown: '403 407',
    },
  ],
  [
    'messagebird',
    (code) =>
      reported(
        'messagebird',
        `id=m1&recipient=14155550123&status=delivery_failed&statusErrorCode=${code}`,
        'application/x-www-form-urlencoded',
      ).errorClass,
    {
      opted_out: '103',
      invalid_destination: '1 2 3 5 10 11',
      unreachable: '6 8 27 31 33 34',
      blocked: '9 12 13',
      unregistered: '104',
      unknown: '255',
    },
  ],
  [
    'bird, by the code of its source',
    (code) =>
      reported('bird', bird({ failure: { code: 15001, source: { name: 'sms-messagebird', code } } }))
        .errorClass,
    {
      opted_out: '103',
      invalid_destination: '1 5',
      unreachable: '27 34',
      unregistered: '104',
      unknown: '255',
    },
  ],
  [
    'bird, by its words',
    (details) => reported('bird', bird({ details })).errorClass,
    {
      opted_out: 'opted_out',
      invalid_destination: 'unknown_subscriber',
      unreachable: 'received_network_error unavailable_subscriber',
      blocked: 'carrier_rejected',
      price: 'insufficient_balance',
      unknown: 'generic_delivery_failure',
    },
  ],
  [
    'infobip',
    (name) => infobipErrorClass(name),
    {
      opted_out: 'REJECTED_DND EC_DEST_ADDRESS_BLACKLISTED',
      invalid_destination:
        'EC_UNKNOWN_SUBSCRIBER EC_UNIDENTIFIED_SUBSCRIBER REJECTED_PREFIX_MISSING REJECTED_INVALID_DESTINATION REJECTED_DESTINATION MISSING_TO',
      unreachable:
        'EC_ABSENT_SUBSCRIBER EC_ABSENT_SUBSCRIBER_SM EC_SUBSCRIBER_BUSY_FOR_MT_SMS EC_SM_DF_MEMORYCAPACITYEXCEEDED EC_SM_DF_memoryCapacityExceeded EC_SM_DELIVERY_FAILURE EC_ROAMING_NOT_ALLOWED EC_UNKNOWN_EQUIPMENT EC_MESSAGE_WAITING_LIST_FULL EC_NNR_NETWORKCONGESTION EC_NNR_SUBSYSTEMFAILURE EC_OR_REMOTENODENOTREACHABLE EC_NO_RESPONSE EC_TIME_OUT REJECTED_NETWORK REJECTED_ROUTE_NOT_AVAILABLE',
      landline:
        'EC_TELESERVICE_NOT_PROVISIONED EC_BEARER_SERVICE_NOT_PROVISIONED EC_FACILITY_NOT_SUPPORTED EC_SM_DF_EQUIPMENTNOTSM_EQUIPPED',
      spam_filtered: 'EC_REJECTED_SPAM_BY_OPERATOR',
      blocked:
        'EC_CALL_BARRED EC_ILLEGAL_SUBSCRIBER EC_ILLEGAL_EQUIPMENT EC_IMSI_BLACKLISTED EC_BLACKLISTED_DESTINATIONADDRESS REJECTED_DESTINATION_BLOCK REJECTED_DESTINATION_NOT_REGISTERED UNDELIVERABLE_REJECTED_OPERATOR',
      unregistered:
        'REJECTED_SOURCE REJECTED_SENDER EC_SOURCE_ADDRESS_BLACKLISTED EC_BLACKLISTED_SENDERADDRESS EC_SHORT_CODE_NOT_PROVISIONED',
      throttled:
        'REJECTED_FLOODING_FILTER EC_DESTINATION_FLOODING EC_DESTINATION_TXT_FLOODING EC_RESOURCE_LIMITATION EC_SM_DF_SC_CONGESTION',
      expired: 'EXPIRED_EXPIRED EXPIRED_DLR_UNKNOWN EC_VALIDITYEXPIRED EC_MESSAGE_CANCELED',
      content: 'REJECTED_INVALID_UDH REJECTED_MESSAGE_TOO_LONG EC_INVALID_PDU_FORMAT',
      price: 'REJECTED_NOT_ENOUGH_CREDITS REJECTED_PREPAID_PACKAGE_EXPIRED',
      unknown: 'EC_UNKNOWN_ERROR REJECTED_SYSTEM_ERROR',
    },
  ],
  [
    'azure',
    (code) =>
      reported('azure', [
        {
          eventType: 'Microsoft.Communication.SMSDeliveryReportReceived',
          data: { messageId: 'a1', deliveryStatus: 'Failed', deliveryStatusDetails: code },
        },
      ]).errorClass,
    {
      opted_out: '4007',
      invalid_destination: '4002 4003 4004',
      unreachable: '4006',
      blocked: '4005 4009',
      spam_filtered: '4000',
      unregistered: '4001 4010',
      throttled: '4008 4020',
      unknown: '5000 5001 9999',
    },
  ],
  [
    'clickatell',
    (code) => {
      const outcome = refused('clickatell', 200, {
        messages: [{ accepted: false, error: { code: Number(code), description: 'refused' } }],
      });
      return outcome?.kind === 'throttled'
        ? 'throttled'
        : outcome?.kind === 'rejected'
          ? outcome.errorClass
          : null;
    },
    {
      opted_out: '122',
      invalid_destination: '105',
      unreachable: '114',
      blocked: '121 128',
      unregistered: '106 123 607',
      throttled: '130',
      expired: '115',
      content: '107 113 116',
      price: '301 302',
      unknown: '901',
    },
  ],
  [
    'aws, by its reason',
    (reason) => {
      const type = /^[A-Z_]+$/.test(reason) ? 'ConflictException' : reason;
      const outcome = refused('aws', 400, { __type: `com.amazonaws#${type}`, Reason: reason, Message: 'no' });
      return outcome?.kind === 'rejected' ? outcome.errorClass : null;
    },
    {
      opted_out: 'DESTINATION_PHONE_NUMBER_OPTED_OUT',
      blocked:
        'DESTINATION_PHONE_NUMBER_NOT_VERIFIED DESTINATION_COUNTRY_BLOCKED INTERNATIONAL_SENDING_NOT_SUPPORTED',
      unregistered:
        'NO_ORIGINATION_IDENTITIES_FOUND NUMBER_CAPABILITIES_MISMATCH INVALID_IDENTITY_FOR_DESTINATION_COUNTRY SENDER_ID_NOT_REGISTERED SENDER_ID_NOT_SUPPORTED SENDER_ID_REQUIRES_REGISTRATION REGISTRATION_NOT_COMPLETE',
      content: 'MAXIMUM_SIZE_EXCEEDED',
      price: 'PRICE_OVER_THRESHOLD MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT',
      credentials: 'AccessDeniedException',
      unknown: 'CANNOT_PARSE',
    },
  ],
];

describe('the published error codes', () => {
  it.each(PUBLISHED)('of %s mean what its documentation says', (_carrier, classOf, codes) => {
    const expected = Object.entries(codes).flatMap(([errorClass, list]) =>
      list.split(' ').map((code) => `${code} ${errorClass}`),
    );
    expect(expected.map((row) => row.split(' ')[0] ?? '').map((code) => `${code} ${classOf(code)}`)).toEqual(
      expected,
    );
  });

  it('of Azure mean the same by their words', () => {
    const said = (details: string) =>
      reported('azure', [
        {
          eventType: 'Microsoft.Communication.SMSDeliveryReportReceived',
          data: { messageId: 'a1', deliveryStatus: 'Failed', deliveryStatusDetails: details },
        },
      ]).errorClass;
    expect(
      [
        'Message is rejected due to fraud detection.',
        "Message failed to deliver since Destination/To number doesn't exist.",
        "The Destination/To number isn't reachable.",
        'The Destination/To number opted out of receiving messages from you.',
        'You exceeded the maximum number of messages allowed for your profile.',
        'Message was blocked due to the toll-free number not being verified.',
        'Message blocked by Destination carrier.',
      ].map(said),
    ).toEqual([
      'spam_filtered',
      'invalid_destination',
      'unreachable',
      'opted_out',
      'throttled',
      'unregistered',
      'blocked',
    ]);
  });

  it('a carrier without reports may well have delivered: Azure calls that a failure, and it is none', () => {
    expect(
      reported('azure', [
        {
          eventType: 'Microsoft.Communication.SMSDeliveryReportReceived',
          data: {
            messageId: 'a1',
            deliveryStatus: 'Failed',
            deliveryStatusDetails: '5002 Carrier does not support delivery report',
          },
        },
      ]),
    ).toMatchObject({ status: 'sent', errorCode: null, errorClass: null });
  });

  it('that blame the sender never opt a customer out', () => {
    const blamed = ['EC_SOURCE_ADDRESS_BLACKLISTED', 'EC_BLACKLISTED_SENDERADDRESS', 'EC_IMSI_BLACKLISTED'];
    expect(blamed.map((name) => infobipErrorClass(name))).not.toContain('opted_out');
  });
});
