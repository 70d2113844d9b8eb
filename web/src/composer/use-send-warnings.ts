import type { Shown } from '../live/model.js';
import { useDraftNews, type DraftNews } from './use-draft-news.js';
import { useNight } from './use-night.js';

/** Everything that somebody should know before a reply goes out; they may send it anyway. */
export function useSendWarnings(conversation: Shown, viewerId: string, draftId: string): DraftNews {
  const news = useDraftNews(conversation, viewerId, draftId);
  const night = useNight(conversation);
  const said = [
    news.warning && `${news.warning} Look at it, then send or change your text.`,
    night.warning && `${night.warning} Send it anyway, or leave it as a draft.`,
  ].filter((words) => words !== null);
  return {
    warning: said.length === 0 ? null : said.join(' '),
    holdsBack() {
      const both = [news.holdsBack(), night.holdsBack()];
      return both.includes(true);
    },
    changed(before, after) {
      news.changed(before, after);
      if (after.trim() === '') night.dropped();
    },
    seen() {
      news.seen();
      night.sent();
    },
  };
}
