import { z } from 'zod';
import { permissionSchema } from '../accounts/permission.js';
import { availabilitySchema } from '../accounts/user-changed.v1.js';
import { momentSchema } from '../envelope.js';

const password = z.string().min(8, 'must have 8 characters or more').max(1024);
const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const name = z.string().trim().min(1).max(80);
const roleId = z.string().min(1).max(64);

/** Available again by oneself then; null or absent: when one says so. */
const awayUntil = momentSchema.nullish();

export const changeMeBody = z.object({ availability: availabilitySchema, awayUntil });
export const passwordBody = z.object({ current: z.string().min(1).max(1024), next: password });

export const createUserBody = z.object({ email, name, roleId, password });
/** Absent fields stay as they are. A new password, and `active: false`, end the user's sessions. */
export const changeUserBody = z.object({
  email: email.optional(),
  name: name.optional(),
  roleId: roleId.optional(),
  active: z.boolean().optional(),
  availability: availabilitySchema.optional(),
  awayUntil,
  password: password.optional(),
});
export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  roleId: z.string(),
  active: z.boolean(),
  availability: availabilitySchema,
  awayUntil: momentSchema.nullable(),
});

export type UserView = z.infer<typeof userSchema>;

export const roleBody = z.object({ name, permissions: z.array(permissionSchema).max(50) });
export const changeRoleBody = roleBody.partial();
export const roleSchema = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.array(permissionSchema),
  /** Came with Partyline and cannot be removed. */
  ready: z.boolean(),
});
export type RoleView = z.infer<typeof roleSchema>;
