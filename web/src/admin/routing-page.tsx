import { useQuery } from '@tanstack/react-query';
import { CloudOff, Phone, TriangleAlert } from 'lucide-react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { formatPhone } from '../format/phone.js';
import { useLive } from '../live/store.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import { ExplainForm } from './explain-form.js';
import styles from './routing-page.module.css';

interface Named {
  readonly id: string;
  readonly name: string;
}
const KINDS: Readonly<
  Record<string, { readonly list: () => Promise<readonly Named[]>; readonly label: string }>
> = {
  department: { list: api.admin.departments.list, label: 'Department' },
  ring_group: { list: api.admin.ringGroups.list, label: 'Ring Group' },
  welcome_menu: { list: api.admin.welcomeMenus.list, label: 'Welcome Menu' },
};

/** Where each number's texts go, and the answer to "where would this one go?". */
export default function RoutingPage() {
  const me = useMe();
  const loaded = useLive((state) => state.inboxes);
  const inboxes = loaded ?? [];
  const directory = useQuery({
    queryKey: ['directory'],
    queryFn: async () => {
      const [numbers, ...lists] = await Promise.all([
        api.admin.numbers.list(),
        ...Object.values(KINDS).map(({ list }) => list()),
      ]);
      const names = Object.keys(KINDS).map((kind, index) => [
        kind,
        new Map((lists[index] ?? []).map((record) => [record.id, record.name])),
      ]);
      numbers.sort((a, b) => (a.id < b.id ? -1 : 1));
      return { numbers, names: new Map(names as [string, Map<string, string>][]) };
    },
    enabled: me.permissions.includes('manageRouting'),
  });

  if (!me.permissions.includes('manageRouting')) {
    return (
      <Empty level="page" icon={<TriangleAlert />} title="Routing is for Admins">
        Your role does not allow you to see or change where numbers go.
      </Empty>
    );
  }
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <header>
          <h1 className={styles.title}>Routing</h1>
          <p className={styles.lead}>Where texts to your numbers go.</p>
        </header>
        <section className={styles.card} aria-labelledby="numbers-title">
          <h2 id="numbers-title" className={styles.heading}>
            Numbers
          </h2>
          {directory.isPending ? (
            <Skeleton rows={4} label="Loading the numbers" />
          ) : directory.isError ? (
            <Empty
              icon={<CloudOff />}
              title="The numbers did not load"
              action={{ label: 'Try again', act: () => void directory.refetch() }}
            >
              {sentenceOf(directory.error)}
            </Empty>
          ) : directory.data.numbers.length === 0 ? (
            <Empty icon={<Phone />} title="There are no numbers yet">
              Add one with its carrier account; until then no text can arrive.
            </Empty>
          ) : (
            <div className={styles.scroll}>
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Number</th>
                    <th scope="col">Destination</th>
                    <th scope="col">Inbox</th>
                    <th scope="col">Carrier</th>
                  </tr>
                </thead>
                <tbody>
                  {directory.data.numbers.map((number) => {
                    const kind = number.destination ? KINDS[number.destination.kind] : undefined;
                    const name =
                      number.destination &&
                      directory.data.names.get(number.destination.kind)?.get(number.destination.id);
                    const inbox = inboxes.find(
                      (each) => each.kind === 'shared' && each.numbers.includes(number.id),
                    );
                    return (
                      <tr key={number.id}>
                        <th scope="row">
                          {formatPhone(number.id)}
                          {number.name && <span className={styles.sub}>{number.name}</span>}
                        </th>
                        <td>
                          {number.destination ? (
                            <>
                              {name ?? number.destination.id}
                              <span className={styles.sub}>{kind?.label}</span>
                            </>
                          ) : (
                            <span className={styles.warning}>
                              <TriangleAlert aria-hidden="true" /> No destination: texts go to Unrouted
                            </span>
                          )}
                        </td>
                        <td>
                          {inbox?.name ?? (
                            // Not known yet is not the same as none.
                            <span className={styles.faint}>{loaded ? 'None of its own' : '…'}</span>
                          )}
                        </td>
                        <td>{number.carrier}</td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          )}
        </section>
        <ExplainForm numbers={directory.data?.numbers.map((number) => number.id) ?? []} />
      </div>
    </main>
  );
}
