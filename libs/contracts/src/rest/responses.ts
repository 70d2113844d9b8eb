import { z } from 'zod';
import { availabilitySchema } from '../accounts/user-changed.v1.js';
import { maySchema } from '../accounts/may.js';
import { permissionSchema } from '../accounts/permission.js';
import { momentSchema } from '../envelope.js';

export const meSchema = z.object({
  id: z.string(),
  tenant: z.object({ id: z.string(), name: z.string() }),
  name: z.string(),
  email: z.string(),
  role: z.object({ id: z.string(), name: z.string() }),
  permissions: z.array(permissionSchema),
  /** The same by permission, with the reason for what is not allowed, so that a client can explain itself. */
  may: maySchema,
  availability: availabilitySchema,
  /** When they are available again by themselves; null: when they say so. */
  awayUntil: momentSchema.nullish(),
  /** For PushManager.subscribe; null where Web Push is not configured. */
  vapidPublicKey: z.string().nullable(),
  demo: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;

/** `expiresIn` is in seconds. */
export const loginAnswerSchema = z.object({ accessToken: z.string(), expiresIn: z.int(), me: meSchema });
export type LoginAnswer = z.infer<typeof loginAnswerSchema>;
