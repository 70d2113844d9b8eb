import { describe, expect, it } from '@jest/globals';
import { accountOf, documentedCarriers, requestOf, sample } from './testing/documented.js';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each(documentedCarriers.map(([carrier, given]) => [carrier.id, carrier, given] as const))(
  '%s',
  (_id, carrier, given) => {
    const account = accountOf(carrier, given);

    it('finds nothing wrong with the documented account, and something with an empty one', () => {
      expect(carrier.accountProblem(account.settings, Object.keys(account.secrets))).toBeNull();
      expect(carrier.accountProblem({}, [])).toEqual(expect.any(String));
    });

    it.each(given.webhooks.map((one) => [one.name, one] as const))('reads %s', (_name, one) => {
      const parsed = carrier.parse(requestOf(one), accountOf(carrier, given, one.settings));
      expect(plain(parsed)).toMatchObject(
        one.refused === undefined
          ? { ok: true, value: one.says ?? [] }
          : { ok: false, error: expect.stringContaining(one.refused) },
      );
    });

    it.each(given.sends.map((one) => [one.name, one] as const))('sends %s', (_name, one) => {
      const { text = sample.text, to = sample.to, media = [] } = one;
      const request = carrier.buildSend(
        { ...sample, text, to, media },
        accountOf(carrier, given, one.settings),
      );
      expect(request).toMatchObject(one.request);
      expect(request.headers).toMatchObject(one.headers ?? {});
      if (one.json !== undefined) expect(JSON.parse(request.body)).toMatchObject(one.json as object);
      if (one.form) expect(Object.fromEntries(new URLSearchParams(request.body))).toMatchObject(one.form);
    });

    it.each(given.answers.map((one) => [one.name, one] as const))(
      'understands the answer: %s',
      (_name, one) => {
        const body = one.json === undefined ? (one.text ?? '') : JSON.stringify(one.json);
        expect(carrier.parseSend({ status: one.status, headers: one.headers ?? {}, body })).toMatchObject(
          one.outcome,
        );
      },
    );

    it('says whether files go out as links in the text', () => {
      const [text, link] = ['Look', 'https://m.example/1.jpg'];
      const { url, body } = carrier.buildSend({ ...sample, text, media: [link] }, account);
      const sent = decodeURIComponent(`${url}\n${body}`.replaceAll('+', ' '));
      const spelt = [
        `${text}\n${link}`,
        `${text}\\n${link}`,
        Buffer.from(`${text}\n${link}`).toString('hex'),
      ];
      expect(carrier.filesAsLinks?.(account.settings) ?? false).toBe(spelt.some((one) => sent.includes(one)));
    });

    it.each([408, 500, 502, 503, 504])(
      'after %i never sends again: the carrier may have the text',
      (status) => {
        for (const { json, text } of given.answers) {
          const body = json === undefined ? (text ?? '') : JSON.stringify(json);
          const outcome = carrier.parseSend({ status, headers: { 'retry-after': '1' }, body });
          expect(outcome).toMatchObject({ kind: 'unknown', retryable: false });
        }
      },
    );

    it('after 429 tries again, when the carrier wants', () => {
      const slower = { status: 429, headers: { 'retry-after': '7' }, body: '{}' };
      expect(carrier.parseSend(slower)).toMatchObject({ kind: 'throttled', retryable: true });
    });

    it.each([302, 400, 401, 403, 404, 422])('after %i does not try again by itself', (status) => {
      expect(carrier.parseSend({ status, headers: {}, body: '' })).toMatchObject({ retryable: false });
    });

    it('sends its credentials to no other host', () => {
      for (const url of [
        'https://evil.example/a',
        'http://api.twilio.com/a',
        `https://${carrier.id}.com.evil.example/`,
      ]) {
        expect(carrier.mediaHeaders(new URL(url), account)).toEqual({});
      }
    });
  },
);
