import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import type { UserView } from '@partyline/contracts';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import type { Availability } from '../api/types.js';
import { fullMoment } from '../format/time.js';
import { announce } from '../state/announcer.js';
import { toast } from '../state/toasts.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import { RolesCard } from './roles-card.js';

/** Who works here in which role, and what the roles allow. */
export default function PeoplePage() {
  const me = useMe();
  const queries = useQueryClient();
  const people = useQuery({ queryKey: ['admin', 'users'], queryFn: api.admin.users.list });
  const roles = useQuery({ queryKey: ['admin', 'roles'], queryFn: api.admin.roles.list });
  const give = useMutation({
    mutationFn: ({ id, roleId }: { id: string; roleId: string; said: string }) =>
      api.admin.users.change(id, { roleId }),
    onSuccess: (_, { said }) => announce(said),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['admin', 'users'] }),
  });
  const setPresence = useMutation({
    mutationFn: ({ id, availability }: { id: string; availability: Availability; said: string }) =>
      api.admin.users.change(id, { availability }),
    onSuccess: (_, { said }) => announce(said),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['admin', 'users'] }),
  });
  if (people.isPending || roles.isPending) return <Skeleton rows={6} label="Loading people and roles" />;
  if (people.isError || roles.isError) {
    return (
      <Empty
        icon={<CloudOff />}
        title="People and roles did not load"
        action={{
          label: 'Try again',
          act: () => void Promise.all([people.refetch(), roles.refetch()]),
        }}
      >
        {sentenceOf(people.error ?? roles.error)}
      </Empty>
    );
  }
  const shownRole = (id: string, roleId: string) =>
    give.isPending && give.variables.id === id ? give.variables.roleId : roleId;
  const shownPresence = ({ id, availability }: UserView) =>
    setPresence.isPending && setPresence.variables.id === id
      ? setPresence.variables.availability
      : availability;
  return (
    <>
      <section className={styles.card} aria-labelledby="people-title">
        <div className={styles.head}>
          <div>
            <h2 id="people-title" className={styles.heading}>
              People
            </h2>
            <p className={styles.lead}>A new role holds at once, on every screen that is open.</p>
          </div>
        </div>
        <div className={styles.scroll}>
          <table className={`${styles.table} ${styles.stack}`}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Role</th>
                <th scope="col">Now</th>
              </tr>
            </thead>
            <tbody>
              {people.data.map((person) => (
                <tr key={person.id}>
                  <th scope="row">
                    {person.name}
                    {person.id === me.id && ' (you)'}
                    <span className={styles.sub}>
                      {person.email}
                      {person.active ? '' : ' · disabled'}
                    </span>
                  </th>
                  <td data-label="Role">
                    <select
                      className={styles.select}
                      aria-label={`Role of ${person.name}`}
                      value={shownRole(person.id, person.roleId)}
                      onChange={({ target }) =>
                        give.mutate({
                          id: person.id,
                          roleId: target.value,
                          said: `${person.name} is ${target.selectedOptions[0]?.text ?? ''} now`,
                        })
                      }
                    >
                      {roles.data.map(({ id, name }) => (
                        <option key={id} value={id}>
                          {name}
                        </option>
                      ))}
                    </select>
                  </td>
                  <td data-label="Now">
                    <select
                      className={styles.select}
                      aria-label={`Availability of ${person.name}`}
                      value={shownPresence(person)}
                      onChange={({ target }) =>
                        setPresence.mutate({
                          id: person.id,
                          availability: target.value as Availability,
                          said: `${person.name} is ${target.selectedOptions[0]?.text.toLowerCase() ?? ''} now`,
                        })
                      }
                    >
                      <option value="available">Available</option>
                      <option value="away">Away</option>
                      <option value="out_of_office">Out of office</option>
                    </select>
                    {person.awayUntil && (
                      <span className={styles.sub}>Until {fullMoment(person.awayUntil)}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <RolesCard roles={roles.data} people={people.data} />
    </>
  );
}
