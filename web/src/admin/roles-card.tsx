import {
  PERMISSIONS,
  PERMISSION_WORDS,
  type Permission,
  type RoleView,
  type UserView,
} from '@partyline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, SquarePen } from 'lucide-react';
import { Suspense, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { announce } from '../state/announcer.js';
import { toast } from '../state/toasts.js';
import { Button, IconButton } from '../ui/button.js';
import styles from './admin-page.module.css';
import { RoleDialog } from './role-dialog.js';

interface Toggle {
  readonly role: RoleView;
  readonly permission: Permission;
  readonly on: boolean;
}

/** What every role allows, one column each. */
export function RolesCard({ roles, people }: { roles: readonly RoleView[]; people: readonly UserView[] }) {
  const queries = useQueryClient();
  const [editing, setEditing] = useState<RoleView | 'new' | null>(null);
  const toggle = useMutation({
    mutationFn: ({ role, permission, on }: Toggle) =>
      api.admin.roles.change(role.id, {
        permissions: PERMISSIONS.filter((each) =>
          each === permission ? on : role.permissions.includes(each),
        ),
      }),
    onSuccess: (_, { role, permission, on }) =>
      announce(`${role.name}: ${PERMISSION_WORDS[permission].label}, ${on ? 'allowed' : 'not allowed'}`),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['admin', 'roles'] }),
  });
  const isOn = (role: RoleView, permission: Permission): boolean => {
    const under = toggle.isPending ? toggle.variables : null;
    return under?.role.id === role.id && under.permission === permission
      ? under.on
      : role.permissions.includes(permission);
  };
  const having = (role: RoleView): number => people.filter((person) => person.roleId === role.id).length;
  return (
    <section className={styles.card} aria-labelledby="roles-title">
      <div className={styles.head}>
        <div>
          <h2 id="roles-title" className={styles.heading}>
            What roles allow
          </h2>
          <p className={styles.lead}>Somebody must always be able to manage people.</p>
        </div>
        <Button icon={<Plus />} onPress={() => setEditing('new')}>
          Add a role
        </Button>
      </div>
      <div className={styles.scroll}>
        <table className={`${styles.table} ${styles.matrix}`}>
          <thead>
            <tr>
              <th scope="col">Permission</th>
              {roles.map((role) => (
                <th key={role.id} scope="col">
                  <span className={styles.roleHead}>
                    {role.name}
                    {!role.ready && (
                      <IconButton
                        label={`Change ${role.name}`}
                        icon={<SquarePen />}
                        onPress={() => setEditing(role)}
                        align="end"
                      />
                    )}
                  </span>
                  <span className={styles.sub}>
                    {having(role) === 1 ? '1 person' : `${having(role)} people`}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {PERMISSIONS.map((permission) => (
              <tr key={permission}>
                <th scope="row">{PERMISSION_WORDS[permission].label}</th>
                {roles.map((role) => (
                  <td key={role.id}>
                    <label className={styles.cell}>
                      <input
                        type="checkbox"
                        aria-label={`${role.name}: ${PERMISSION_WORDS[permission].label}`}
                        checked={isOn(role, permission)}
                        onChange={({ target }) => toggle.mutate({ role, permission, on: target.checked })}
                      />
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {editing && (
        <Suspense>
          <RoleDialog
            role={editing === 'new' ? null : editing}
            having={editing === 'new' ? 0 : having(editing)}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </section>
  );
}
