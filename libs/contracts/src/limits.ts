// Numbers that the web app needs before anything else; without the schemas, which weigh more than the whole inbox.

/** Of one file that goes out with a text: what most carriers take. */
export const MOST_ATTACHMENT_BYTES = 5 * 1024 * 1024;
/** Of one text. */
export const MOST_ATTACHMENTS = 10;
/** Of the answer to a keyword, characters: two segments, or five in letters that GSM 03.38 does not have. It is no newsletter. */
export const LONGEST_ANSWER = 306;
