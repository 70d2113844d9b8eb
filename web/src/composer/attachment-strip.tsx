import { FileText, LoaderCircle, RotateCw, X } from 'lucide-react';
import { retryFile } from './attach-files.js';
import { removeFile, type AttachedFile, type DraftPlace } from './attached-files.js';
import styles from './attachment-strip.module.css';

interface Props {
  readonly place: DraftPlace;
  readonly files: readonly AttachedFile[];
}

/** What goes out with the draft. */
export function AttachmentStrip({ place, files }: Props) {
  return (
    <ul className={styles.strip} aria-label="Attached files">
      {files.map(({ key, file, preview, state, reason }) => (
        <li key={key} className={styles.file} data-state={state} title={reason ?? file.name}>
          {preview && state !== 'failed' ? (
            <img src={preview} alt={file.name} className={styles.picture} />
          ) : (
            <span className={styles.name}>
              <FileText aria-hidden="true" />
              {file.name}
            </span>
          )}
          {state === 'uploading' && (
            <span className={styles.state} role="status" aria-label={`${file.name} is being uploaded`}>
              <LoaderCircle aria-hidden="true" className={styles.spin} />
            </span>
          )}
          {state === 'failed' && (
            <button
              type="button"
              className={styles.state}
              aria-label={`Try ${file.name} again: ${reason ?? 'it could not be uploaded'}`}
              onClick={() => retryFile(place, key)}
            >
              <RotateCw aria-hidden="true" />
            </button>
          )}
          <button
            type="button"
            className={styles.remove}
            aria-label={`Remove ${file.name}`}
            onClick={() => removeFile(place, key)}
          >
            <X aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
