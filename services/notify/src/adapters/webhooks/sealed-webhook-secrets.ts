import { SecretBox, signStandardWebhook } from '@partyline/carriers';
import { randomBytes } from 'node:crypto';
import { WebhookSecrets } from '../../application/webhooks/ports.js';

/** 24 to 64 bytes are what Standard Webhooks asks for. */
const SECRET_BYTES = 32;
const NAME = 'webhook';

/** Secrets at rest under the installation's key, bound to their endpoint. */
export class SealedWebhookSecrets extends WebhookSecrets {
  private readonly box: SecretBox | null;

  /** `key`: PARTYLINE_SECRETS_KEY; undefined turns webhooks off. Throws where it is not 32 bytes in base64. */
  constructor(key: string | undefined) {
    super();
    this.box = key === undefined ? null : new SecretBox(key);
  }

  override get usable(): boolean {
    return this.box !== null;
  }

  override make(): string {
    return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  }

  override seal(endpointId: string, secret: string): string {
    return this.opened().seal(endpointId, NAME, secret);
  }

  override open(endpointId: string, sealed: string): string {
    return this.opened().open(endpointId, NAME, sealed);
  }

  override sign(
    endpointId: string,
    message: {
      readonly id: string;
      readonly at: Date;
      readonly body: string;
      readonly sealed: readonly string[];
    },
  ): Readonly<Record<string, string>> {
    const { sealed, ...rest } = message;
    const secrets = sealed.map((each) => this.open(endpointId, each));
    return signStandardWebhook({ ...rest, secrets });
  }

  private opened(): SecretBox {
    if (!this.box) throw new Error('PARTYLINE_SECRETS_KEY is not set, so no secret can be sealed or opened.');
    return this.box;
  }
}
