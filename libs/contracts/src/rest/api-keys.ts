import { z } from 'zod';
import { permissionSchema } from '../accounts/permission.js';
import { momentSchema } from '../envelope.js';
import { personSchema } from '../inbox/conversation.js';

export const newApiKeyBody = z.object({
  name: z.string().trim().min(1).max(80),
  /** What the machine may do; never more than who makes the key. */
  scopes: z.array(permissionSchema).min(1).max(50),
  /** null: it holds until it is revoked. */
  expiresInDays: z.int().min(1).max(3650).nullable().default(365),
});

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** How the key begins. */
  prefix: z.string(),
  scopes: z.array(permissionSchema),
  createdBy: personSchema,
  createdAt: momentSchema,
  expiresAt: momentSchema.nullable(),
  revokedAt: momentSchema.nullable(),
  /** To the minute. */
  lastUsedAt: momentSchema.nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeySchema>;

/** `secret`: the whole key. It is shown this once, and kept nowhere. */
export const createdApiKeySchema = z.object({ key: apiKeySchema, secret: z.string() });
