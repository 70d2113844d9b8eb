import type { ConsentResult } from '@partyline/contracts';
import { useMutation } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { Button } from '../ui/button.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { readOptOuts, type OptOutFile } from './opt-out-file.js';

interface Props {
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

/** What the server takes at once. */
const AT_ONCE = 50;
const MOST_SHOWN = 20;

/** Takes over who opted out elsewhere. It can be broken off and repeated: the same line again changes nothing. */
export function OptOutImport({ onChanged, onClose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<OptOutFile | null>(null);
  const [done, setDone] = useState<readonly ConsentResult[]>([]);
  const take = useMutation({
    mutationFn: async ({ items }: OptOutFile) => {
      const results: ConsentResult[] = [];
      for (let at = 0; at < items.length; at += AT_ONCE) {
        const portion = items.slice(at, at + AT_ONCE);
        results.push(...(await api.admin.optOuts.set({ source: 'import', items: portion })));
        setDone([...results]);
      }
    },
    onSettled: onChanged,
  });
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    take.reset();
    setDone([]);
    setFile(readOptOuts(await chosen.text()));
  };
  const refused = done.filter(({ ok }) => !ok);
  const count = file?.items.length ?? 0;
  return (
    <ModalDialog title="Import opt-outs" onClose={onClose}>
      <div className={styles.form}>
        <p className={styles.lead}>
          A CSV file with a customer’s number in each line, as other systems export it. Columns named number
          (one of ours), state (opted_out or opted_in) and at (when it was said) are taken, too; without them
          it holds for all our numbers, from now.
        </p>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.txt,text/csv,text/plain"
          onChange={({ target }) => {
            void choose(target.files?.[0]);
            target.value = '';
          }}
        />
        <div>
          <Button icon={<Upload />} onPress={() => input.current?.click()}>
            Choose a file
          </Button>
        </div>
        {file && (
          <p role="status">
            {count} {count === 1 ? 'customer' : 'customers'} found
            {file.faults.length > 0 && `, ${file.faults.length} lines left out`}.{' '}
            {done.length > 0 && `${done.length - refused.length} of ${count} taken over.`}
          </p>
        )}
        {file && (file.faults.length > 0 || refused.length > 0) && (
          <ul className={styles.list}>
            {file.faults.slice(0, MOST_SHOWN).map(({ line, reason }) => (
              <li key={line} className={styles.sub}>
                Line {line}: {reason}
              </li>
            ))}
            {refused.slice(0, MOST_SHOWN).map(({ peer, message }, index) => (
              <li key={`${peer} ${index}`} className={styles.sub}>
                {peer}: {message}
              </li>
            ))}
          </ul>
        )}
        {take.isError && (
          <p className={styles.error} role="alert">
            {sentenceOf(take.error)} What was taken over stays; try again to go on.
          </p>
        )}
        <div className={styles.buttons}>
          <Button
            variant="primary"
            busy={take.isPending}
            reason={count === 0 ? 'Choose a file first.' : null}
            onPress={() => (take.isSuccess ? onClose() : file && take.mutate(file))}
          >
            {take.isSuccess ? 'Done' : `Take over ${count}`}
          </Button>
        </div>
      </div>
    </ModalDialog>
  );
}
