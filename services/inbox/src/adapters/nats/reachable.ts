import { mongo } from 'mongoose';
import { refused, type Answer } from '../../application/answer.js';

/** Answers UNAVAILABLE where the database cannot be reached: nothing was changed then, and the caller may try again. */
export async function reachable<T>(work: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await work;
  } catch (error) {
    const isAway =
      error instanceof mongo.MongoServerSelectionError || error instanceof mongo.MongoNetworkError;
    if (!isAway) throw error;
    return refused({
      code: 'UNAVAILABLE',
      message: 'The database cannot be reached. Nothing was changed; try again in a moment.',
    });
  }
}
