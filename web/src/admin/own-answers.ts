import type { OwnAnswers } from '@partyline/contracts';

/** Own answers as they are sent: what is empty is left out, and so are languages in which nothing is left. */
export function ownAnswers(written: OwnAnswers): OwnAnswers {
  return Object.fromEntries(
    Object.entries(written).flatMap(([language, texts]) => {
      const filled = Object.entries(texts).flatMap(([keyword, text]) =>
        text?.trim() ? [[keyword, text.trim()] as const] : [],
      );
      return filled.length === 0 ? [] : [[language, Object.fromEntries(filled)] as const];
    }),
  );
}
