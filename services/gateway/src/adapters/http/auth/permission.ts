import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Permission } from '@partyline/contracts';

export const NEEDS = 'partyline:needs';

/** Only for callers whose role allows all of these. */
export const Needs = (...permissions: Permission[]): CustomDecorator => SetMetadata(NEEDS, permissions);
