import { z } from 'zod';
import { defineEvent } from '../define.js';
import { momentSchema } from '../envelope.js';
import { permissionSchema } from './permission.js';

export const availabilitySchema = z.enum(['available', 'away', 'out_of_office']);

/** A user as they are from now on; apply it only when `revision` is newer than what you hold. */
export const UserChanged = defineEvent(
  'accounts',
  'user.changed',
  1,
  z.object({
    revision: z.int().positive(),
    userId: z.string(),
    name: z.string(),
    email: z.string(),
    roleId: z.string(),
    permissions: z.array(permissionSchema),
    active: z.boolean(),
    availability: availabilitySchema,
    /** When whoever is away or out of office is available again by themselves; null or absent: when they say so. */
    awayUntil: momentSchema.nullish(),
  }),
);
