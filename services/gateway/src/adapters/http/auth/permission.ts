import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Permission } from '@partyline/contracts';

export const NEEDS = 'partyline:needs';

/** Only for callers whose role allows this. */
export const Needs = (permission: Permission): CustomDecorator => SetMetadata(NEEDS, permission);
