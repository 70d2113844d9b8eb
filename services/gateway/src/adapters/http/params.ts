import { z } from 'zod';

/** An id in a path. Whether there is such a thing, its service knows. */
export const idParam = z.string().min(1).max(128);
