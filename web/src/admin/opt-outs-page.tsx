import type { ConsentRecord } from '@partyline/contracts';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Ban, CloudOff, Download, Plus, Upload } from 'lucide-react';
import { Suspense, useDeferredValue, useState } from 'react';
import { api, PAGE } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { formatPhone } from '../format/phone.js';
import { fullMoment } from '../format/time.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import { download, EVERYTHING } from './audit-api.js';
import { ConsentLanguages } from './consent-languages.js';
import { KeywordAnswers } from './keyword-answers.js';
import layout from './opt-outs.module.css';
import { OptOutDialog } from './opt-out-dialog.js';
import { OptOutImport } from './opt-out-import.js';

const KEY = ['admin', 'opt-outs'];

/** Who must not be texted. */
export default function OptOutsPage() {
  const me = useMe();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<'note' | 'import' | null>(null);
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const optOuts = useInfiniteQuery({
    queryKey: [...KEY, q],
    queryFn: ({ pageParam: cursor }) =>
      api.admin.optOuts.list({
        limit: PAGE,
        ...(q === '' ? {} : { q }),
        ...(cursor === null ? {} : { cursor }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const changed = () => queries.invalidateQueries({ queryKey: KEY });
  const items = optOuts.data?.pages.flatMap((page) => page.items) ?? [];
  const mayExport = me.may.export === true ? null : (me.may.export ?? null);
  return (
    <>
      <section className={styles.card} aria-labelledby="opt-outs-title">
        <div className={styles.head}>
          <div>
            <h2 id="opt-outs-title" className={styles.heading}>
              Opt-outs
            </h2>
            <p className={styles.lead}>
              Nobody can text these customers from these numbers, until they text START or you note that they
              want it.
            </p>
          </div>
          <Button icon={<Plus />} onPress={() => setDialog('note')}>
            Note one
          </Button>
        </div>
        <div className={layout.tools}>
          <div className={layout.find}>
            <Field
              label="Find a customer’s number"
              type="search"
              placeholder="+1415…"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
          <Button icon={<Upload />} onPress={() => setDialog('import')}>
            Import
          </Button>
          <Button
            icon={<Download />}
            reason={mayExport}
            align="end"
            onPress={() =>
              void download('opt-outs.csv', EVERYTHING).catch((error: Error) =>
                toast('error', sentenceOf(error)),
              )
            }
          >
            Export
          </Button>
        </div>
        {optOuts.isPending ? (
          <Skeleton rows={5} label="Loading the opt-outs" />
        ) : optOuts.isError ? (
          <Empty
            icon={<CloudOff />}
            title="The opt-outs did not load"
            action={{ label: 'Try again', act: () => void optOuts.refetch() }}
          >
            {sentenceOf(optOuts.error)}
          </Empty>
        ) : items.length === 0 ? (
          <Empty icon={<Ban />} title={q === '' ? 'Nobody opted out' : 'Nobody with this number opted out'}>
            Customers opt out by texting STOP.
          </Empty>
        ) : (
          <>
            <table className={`${styles.table} ${styles.stack}`}>
              <thead>
                <tr>
                  <th scope="col">Customer</th>
                  <th scope="col">Our number</th>
                  <th scope="col">Since</th>
                  <th scope="col">How</th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={`${one.number} ${one.peer}`}>
                    <th scope="row">{formatPhone(one.peer)}</th>
                    <td>{formatPhone(one.number)}</td>
                    <td>
                      <time dateTime={one.at}>{fullMoment(one.at)}</time>
                    </td>
                    <td>{howOf(one)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {optOuts.hasNextPage && (
              <Button busy={optOuts.isFetchingNextPage} onPress={() => void optOuts.fetchNextPage()}>
                Show more
              </Button>
            )}
          </>
        )}
        <Suspense>
          {dialog === 'note' && <OptOutDialog onChanged={changed} onClose={() => setDialog(null)} />}
          {dialog === 'import' && <OptOutImport onChanged={changed} onClose={() => setDialog(null)} />}
        </Suspense>
      </section>
      <ConsentLanguages />
      <KeywordAnswers />
    </>
  );
}

function howOf({ source, keyword, by }: ConsentRecord): string {
  const who = by?.name ?? 'somebody';
  switch (source) {
    case 'customer':
      return `Texted ${keyword}`;
    case 'carrier':
      return `The carrier refused a text (code ${keyword})`;
    case 'person':
      return `Noted by ${who}`;
    case 'import':
      return `From a file, by ${who}`;
  }
}
