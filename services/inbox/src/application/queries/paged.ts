import { refused, type Answer } from '../answer.js';
import { InvalidCursor } from '../conversation-list.js';

/** A page, or a refusal where its cursor is none of ours. */
export async function paged<T>(read: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InvalidCursor)) throw error;
    return refused({
      code: 'VALIDATION',
      message: 'This page cannot be found: begin again at the first one.',
    });
  }
}
