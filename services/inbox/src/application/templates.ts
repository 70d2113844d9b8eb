import type { Template } from '@partyline/contracts';

/** The tenant's templates. */
export abstract class Templates {
  /** All of them, a few hundred at most, in no order. */
  abstract of(tenantId: string): Promise<Template[]>;
  abstract find(tenantId: string, id: string): Promise<Template | null>;
  /** False: there is one with this id. */
  abstract add(tenantId: string, template: Template): Promise<boolean>;
  /** Puts it in the place of the revision before it. False: that is not there any more. */
  abstract replace(tenantId: string, template: Template): Promise<boolean>;
  abstract remove(tenantId: string, id: string): Promise<boolean>;
}
