import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { send, sendUntilAccepted, simulatorText, twilioText, twilioWebhook } from './support/carrier.js';
import { eventually } from './support/eventually.js';
import { Partyline } from './support/partyline.js';
import { Person } from './support/person.js';

const SUPPORT = 'department-support';
const SUPPORT_NUMBER = '+12125550101';

describe('what goes wrong', () => {
  let partyline: Partyline;
  let ada: Person;
  let ben: Person;
  let cleo: Person;
  let dev: Person;

  beforeAll(async () => {
    partyline = await Partyline.start({ env: { PARTYLINE_ALERT_AFTER_SECONDS: '20' } });
    [ada, ben, cleo, dev] = (await Promise.all(
      ['ada', 'ben', 'cleo', 'dev'].map((name) => Person.signIn(partyline.url, `${name}@example.com`)),
    )) as [Person, Person, Person, Person];
  }, 300_000);
  afterAll(() => partyline?.stop(), 60_000);

  const findFrom = (peer: string, timeoutMs?: number) =>
    eventually(
      `a conversation with ${peer}`,
      async () => (await ben.section(SUPPORT, 'any')).find(({ peers }) => peers.includes(peer)),
      timeoutMs,
    );
  const receivedTexts = async (id: string) =>
    (await ben.timeline(id)).flatMap((item) => (item.type === 'message.received' ? [item.data.text] : []));

  it('refuses a wrong or missing signature and stores nothing', async () => {
    const customer = '+12125558001';
    const forged = twilioText(customer, SUPPORT_NUMBER, 'forged');
    const wrong = await send(partyline.hooksUrl, {
      ...forged,
      headers: { ...forged.headers, 'x-twilio-signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
    });
    const missing = await send(partyline.hooksUrl, {
      ...forged,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([wrong.status, missing.status]).toEqual([403, 403]);

    // A later text of somebody else has come through: had the forged one been taken, it would stand there by now.
    await send(partyline.hooksUrl, twilioText('+12125558002', SUPPORT_NUMBER, 'genuine'));
    await findFrom('+12125558002');
    expect((await ben.section(SUPPORT, 'any')).filter(({ peers }) => peers.includes(customer))).toEqual([]);
  });

  it('answers 404 for an unknown account, 400 for a malformed body and 413 for one over 1 MiB', async () => {
    const text = simulatorText('+12125558003', SUPPORT_NUMBER, 'hello');
    expect((await send(partyline.hooksUrl, { ...text, path: '/hooks/simulator/nobody' })).status).toBe(404);
    expect((await send(partyline.hooksUrl, twilioWebhook({ AccountSid: 'ACdemo' }))).status).toBe(400);
    expect((await send(partyline.hooksUrl, { ...text, body: 'x'.repeat((1 << 20) + 1) })).status).toBe(413);
  });

  it('shows a webhook that is replayed ten times at once as one message', async () => {
    const customer = '+12125558004';
    const text = twilioText(customer, SUPPORT_NUMBER, 'only once');
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(partyline.hooksUrl, text)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    const { id } = await findFrom(customer);
    await send(partyline.hooksUrl, twilioText(customer, SUPPORT_NUMBER, 'and another'));
    await eventually('the second text', async () => (await receivedTexts(id)).includes('and another'));
    expect(await receivedTexts(id)).toEqual(['only once', 'and another']);
  });

  it('opens one conversation for fifty first texts that arrive at once', async () => {
    const customer = '+12125558005';
    const texts = Array.from({ length: 50 }, (_, i) => `text ${i}`);
    await Promise.all(
      texts.map((text) => send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, text))),
    );
    const { id } = await findFrom(customer);
    const arrived = await eventually('all fifty', async () => {
      const received = await receivedTexts(id);
      return received.length >= 50 && received;
    });
    expect(arrived.sort()).toEqual(texts.sort());
    expect((await ben.section(SUPPORT, 'any')).filter(({ peers }) => peers.includes(customer))).toHaveLength(
      1,
    );
    const seqs = [...new Set((await ben.timeline(id)).map(({ seq }) => seq))];
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  });

  it('lets one of twenty who claim at once have it and tells the others who and when', async () => {
    const customer = '+12125558006';
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'who is it?'));
    const { id } = await findFrom(customer);
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, i) => [ben, cleo, dev][i % 3]!).map((person) =>
        person.command(id, 'assign').then((answer) => ({ ...answer, person: person.id })),
      ),
    );
    const owner = (await ben.conversation(id)).owner?.id;
    for (const { status, body, person } of claims) {
      if (person === owner) expect(status).toBe(200);
      else
        expect({ status, code: body.code, by: body.by?.id, at: body.at }).toEqual({
          status: 409,
          code: 'ASSIGNED_TO_OTHER',
          by: owner,
          at: expect.any(String),
        });
    }
    expect((await ben.timeline(id)).filter(({ type }) => type === 'conversation.assigned')).toHaveLength(1);
  });

  it('shows an empty text with a picture', async () => {
    const customer = '+12125558007';
    await send(
      partyline.hooksUrl,
      twilioText(customer, SUPPORT_NUMBER, '', {
        NumMedia: '1',
        MediaUrl0: 'https://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM/Media/ME1',
        MediaContentType0: 'image/jpeg',
      }),
    );
    const { id } = await findFrom(customer);
    const item = (await ben.timeline(id)).find(({ type }) => type === 'message.received');
    expect(item?.data).toMatchObject({ text: '', media: [{ contentType: 'image/jpeg' }] });
  });

  it('blocks replies after STOP, does not reopen for it, and allows them again after START', async () => {
    const customer = '+12125558008';
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'hi'));
    const { id } = await findFrom(customer);
    const { body } = await ben.command(id, 'assign');
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'Stop'));
    await eventually('the opt-out', async () => (await ben.conversation(id)).optedOut);
    const reply = () =>
      ben.command(id, 'reply', {
        clientMessageId: randomUUID(),
        text: 'hello?',
        expectedEpoch: body.conversation.epoch,
      });
    expect(await reply()).toMatchObject({ status: 422, body: { code: 'OPTED_OUT' } });
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'START'));
    await eventually('the opt-in', async () => !(await ben.conversation(id)).optedOut);
    expect((await reply()).status).toBe(200);
  });

  it('confirms STOP and START once where the carrier does not, and never where it does', async () => {
    const [ours, theirs] = ['+12125558018', '+12125558019'] as const;
    for (const text of ['hi', 'STOP', 'stop', 'START', 'HELP', 'bye']) {
      await send(partyline.hooksUrl, simulatorText(ours, SUPPORT_NUMBER, text));
      await send(partyline.hooksUrl, twilioText(theirs, SUPPORT_NUMBER, text));
    }
    const said = async (customer: string) => {
      const { id } = await findFrom(customer);
      await eventually('the last text', async () => (await receivedTexts(id)).includes('bye'));
      return (await ben.timeline(id)).flatMap((item) => (item.type === 'message.queued' ? [item.data] : []));
    };
    const sent = await said(ours);
    expect(sent.map(({ keyword }) => keyword)).toEqual(['stop', 'start', 'help']);
    expect(await said(theirs)).toEqual([]);
    const thread = `${partyline.url}/simulator/api/threads/${encodeURIComponent(SUPPORT_NUMBER)}?phone=${encodeURIComponent(ours)}`;
    const onPhone = async () =>
      ((await (await fetch(thread)).json()) as { texts: { text: string }[] }).texts.map(({ text }) => text);
    await eventually('all answers on the phone', async () => (await onPhone()).length === sent.length);
    expect(await onPhone()).toEqual(sent.map(({ text }) => text));
  });

  it.each(['ingest', 'routing', 'inbox', 'delivery', 'notify', 'gateway'])(
    'has all 200 texts once in their conversations when %s is killed in the middle of them',
    async (service) => {
      const customers = Array.from({ length: 20 }, (_, i) =>
        `+1213${service.length}${service.charCodeAt(0)}${1000 + i}`.slice(0, 12),
      );
      const jobs = Array.from({ length: 200 }, (_, i) => ({
        customer: customers[i % 20]!,
        text: `${service} ${i}`,
      }));
      let killed = false;
      let next = 0;
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          for (let i = next++; i < jobs.length; i = next++) {
            if (i >= 100 && !killed) {
              killed = true;
              partyline.kill(service);
            }
            const { customer, text } = jobs[i]!;
            await sendUntilAccepted(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, text));
          }
        }),
      );
      for (const customer of customers) {
        const { id } = await findFrom(customer, 90_000);
        const mine = jobs
          .filter((job) => job.customer === customer)
          .map(({ text }) => text)
          .sort();
        const arrived = await eventually(
          `all texts of ${customer}`,
          async () => {
            const texts = await receivedTexts(id);
            return texts.length >= mine.length && texts;
          },
          90_000,
        );
        expect(arrived.sort()).toEqual(mine);
      }
    },
    240_000,
  );

  it('loses nothing when the storage of JetStream is deleted while texts are on their way', async () => {
    const customers = Array.from({ length: 20 }, (_, i) => `+1214888${1000 + i}`);
    const deliver = (part: number) =>
      Promise.all(
        customers.map((customer) =>
          sendUntilAccepted(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, `part ${part}`)),
        ),
      );
    await deliver(1);
    // Aside first: NATS goes on writing under the old name, and a folder that is written into cannot be deleted.
    const storage = join(partyline.dataDir, 'data', 'nats');
    renameSync(storage, `${storage}-deleted`);
    rmSync(`${storage}-deleted`, { recursive: true, force: true });
    await deliver(2);
    const killed = partyline.kill('nats');
    await eventually('NATS to be back', () => partyline.pidOf('nats') !== killed, 60_000);
    await deliver(3);
    for (const customer of customers) {
      const { id } = await findFrom(customer, 120_000);
      await eventually(
        `three texts of ${customer}`,
        async () => (await receivedTexts(id)).length >= 3,
        120_000,
      );
      expect((await receivedTexts(id)).sort()).toEqual(['part 1', 'part 2', 'part 3']);
    }
  }, 300_000);

  it('answers 503 while MongoDB does not, and is all well afterwards', async () => {
    const customer = '+12125558010';
    partyline.signal('mongodb', 'SIGSTOP');
    try {
      const meanwhile = await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'too early'));
      expect([meanwhile.status, meanwhile.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
    } finally {
      partyline.signal('mongodb', 'SIGCONT');
    }
    await sendUntilAccepted(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'in time'));
    const { id } = await findFrom(customer, 60_000);
    await eventually('the text', async () => (await receivedTexts(id)).includes('in time'), 60_000);
  }, 150_000);

  it('alerts the Admins of what nobody took, though Redis lost everything', async () => {
    const customer = '+12125558011';
    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'nobody answers'));
    const { id } = await findFrom(customer);
    const redis = new Redis(partyline.urlOf('redis'));
    await redis.flushall();
    await redis.quit();
    await eventually(
      'the alert',
      async () =>
        (
          await ada.request<{ kind: string; conversationId: string }[]>('GET', '/me/notifications?limit=100')
        ).body.some((one) => one.kind === 'waiting_long' && one.conversationId === id),
      120_000,
    );
  }, 200_000);
});
