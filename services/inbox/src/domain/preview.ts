import type { Conversation, Media } from '@partyline/contracts';

type Preview = NonNullable<Conversation['preview']>;

/** Characters of a text that lists show. */
const PREVIEW_LENGTH = 160;

/** Cut between characters as people see them, so that no emoji is halved. */
function shortened(text: string): string {
  const oneLine = text.replaceAll(/\s+/gu, ' ').trim();
  if (oneLine.length <= PREVIEW_LENGTH) return oneLine;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(oneLine)) {
    if (kept.length + segment.length >= PREVIEW_LENGTH) break;
    kept += segment;
  }
  return `${kept}…`;
}

function mediaWords(media: readonly Media[]): string {
  const all = (prefix: string) => media.every(({ contentType }) => contentType?.startsWith(prefix));
  const noun = all('image/') ? 'Picture' : all('video/') ? 'Video' : all('audio/') ? 'Audio' : 'Attachment';
  return media.length === 1
    ? noun
    : `${media.length} ${noun === 'Audio' ? 'audio files' : `${noun.toLowerCase()}s`}`;
}

export function previewOfMessage(message: {
  readonly text: string;
  readonly media: readonly Media[];
  readonly from: 'contact' | 'us';
  readonly at: string;
}): Preview {
  const text = shortened(message.text);
  return {
    text: text === '' && message.media.length > 0 ? mediaWords(message.media) : text,
    from: message.from,
    at: message.at,
  };
}

export const previewOfNote = (text: string, at: string): Preview => ({
  text: shortened(text),
  from: 'note',
  at,
});
