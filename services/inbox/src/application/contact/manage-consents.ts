import { Injectable } from '@nestjs/common';
import type {
  ChangeConsentSettings,
  ConsentRecord,
  ConsentResult,
  ConsentSettings,
  GetConsentSettings,
  ListOptOuts,
  SetConsents,
  Viewer,
} from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import type { Directory } from '../../domain/directory.js';
import { STANDARD_ANSWERS } from '../../domain/keyword-answers.js';
import { answer, refused, type Answer, type RequestOf } from '../answer.js';
import { Consents } from '../consents.js';
import { DirectoryStore } from '../directory-store.js';
import { SpreadConsent } from '../landing/spread-consent.js';
import { PhoneNumbers } from '../phone-numbers.js';
import { paged } from '../queries/paged.js';
import { Sight } from '../queries/sight.js';

type Item = RequestOf<typeof SetConsents>['items'][number];
type Person = NonNullable<ConsentRecord['by']>;

const FORBIDDEN = refused({
  code: 'FORBIDDEN',
  message: 'Your role does not allow you to manage numbers and carriers, and opt-outs belong to them.',
});

/** Who must not be texted: looked through, written down by hand or taken over from another system. */
@Injectable()
export class ManageConsents {
  constructor(
    private readonly sight: Sight,
    private readonly directories: DirectoryStore,
    private readonly consents: Consents,
    private readonly spread: SpreadConsent,
    private readonly phoneNumbers: PhoneNumbers,
    private readonly clock: Clock,
  ) {}

  async list(
    request: RequestOf<typeof ListOptOuts>,
  ): Promise<Answer<{ items: ConsentRecord[]; nextCursor: string | null }>> {
    if (!(await this.manager(request))) return FORBIDDEN;
    const { tenantId, state, q, cursor, limit } = request;
    return paged(async () => {
      const page = await this.consents.list({ tenantId, state, q: startOf(q), cursor, limit });
      return answer({
        items: page.items.map(({ tenantId: _tenant, ...optOut }) => optOut),
        nextCursor: page.nextCursor,
      });
    });
  }

  async set(request: RequestOf<typeof SetConsents>): Promise<Answer<ConsentResult[]>> {
    const by = await this.manager(request);
    if (!by) return FORBIDDEN;
    const directory = await this.directories.of(request.tenantId);
    return answer(await Promise.all(request.items.map((item) => this.one(request, item, directory, by))));
  }

  async settings(request: RequestOf<typeof GetConsentSettings>): Promise<Answer<ConsentSettings>> {
    if (!(await this.manager(request))) return FORBIDDEN;
    return answer(settingsOf(await this.directories.of(request.tenantId)));
  }

  async changeSettings(request: RequestOf<typeof ChangeConsentSettings>): Promise<Answer<ConsentSettings>> {
    if (!(await this.manager(request))) return FORBIDDEN;
    const { tenantId, answersIn, answers } = request;
    const languages = [...new Set(request.languages)];
    await this.directories.saveConsentSettings(tenantId, { languages, answersIn, answers });
    return answer(settingsOf(await this.directories.of(tenantId)));
  }

  /** By the time it was said, so that the same file again, or after a START of the customer, changes nothing. */
  private async one(
    { tenantId, correlationId, source }: RequestOf<typeof SetConsents>,
    { peer: typed, number, state, at }: Item,
    directory: Directory,
    by: Person,
  ): Promise<ConsentResult> {
    const ours = directory.numbers.map((route) => route.number);
    const numbers = number === undefined ? ours : ours.filter((one) => one === number);
    const peer = this.phoneNumbers.normalize(typed, numbers[0]);
    if (peer === null) return wrong(typed, 'This is no number that can be texted.');
    if (numbers.length === 0) return wrong(typed, `${number ?? 'None'} is not one of your numbers.`);
    const now = this.clock.now().toISOString();
    const said = at !== undefined && at < now ? at : now;
    let holds = 0;
    for (const one of numbers) {
      const stands = await this.spread.execute(
        { tenantId, number: one, peer, state, keyword: '', at: said, source, by },
        { actor: { kind: 'user', ...by }, origin: { correlationId }, conversationId: null },
      );
      if (stands.state === state) holds += 1;
    }
    const message = holds === numbers.length ? null : 'The customer said otherwise later, and that stands.';
    return { peer: typed, ok: holds > 0, numbers: holds, message };
  }

  private async manager(viewer: Viewer): Promise<Person | null> {
    const seer = await this.sight.seer(viewer);
    if (!seer?.viewer.permissions.has('manageRouting')) return null;
    return { id: seer.viewer.id, name: seer.viewer.name };
  }
}

const settingsOf = ({ consentLanguages, keywordAnswers }: Directory): ConsentSettings => ({
  languages: [...consentLanguages],
  answersIn: keywordAnswers.answersIn,
  answers: { ...keywordAnswers.answers },
  standardAnswers: STANDARD_ANSWERS,
});

const wrong = (peer: string, message: string): ConsentResult => ({ peer, ok: false, numbers: 0, message });

/** As numbers are kept: E.164; what people type has blanks and brackets. */
function startOf(typed: string | undefined): string | undefined {
  const bare = typed?.replaceAll(/[^\d+A-Za-z]/g, '');
  if (!bare) return undefined;
  return /^\d/.test(bare) && bare.length > 6 ? `+${bare}` : bare;
}
