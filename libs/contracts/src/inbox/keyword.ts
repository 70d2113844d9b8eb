import { z } from 'zod';

/** What a customer's word asks for when a text is nothing else: no more texts, texts again, or help. */
export const keywordSchema = z.enum(['stop', 'start', 'help']);
export type Keyword = z.infer<typeof keywordSchema>;
