// Numbers that the web app needs before anything else; without the schemas, which weigh more than the whole inbox.

/** Of one file that goes out with a text: what most carriers take. */
export const MOST_ATTACHMENT_BYTES = 5 * 1024 * 1024;
/** Of one text. */
export const MOST_ATTACHMENTS = 10;
