import { useQuery } from '@tanstack/react-query';
import { Navigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { Refused } from '@partyline/client';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { session, useSession } from '../api/session.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Logo } from './logo.js';
import styles from './sign-in-page.module.css';

/** Known to everybody who runs the demo; offered only when the server says that it is one. */
const DEMO_PASSWORD = 'partyline';
const DEMO_USERS = [
  { email: 'ada@example.com', name: 'Ada Lovelace', role: 'Admin' },
  { email: 'ben@example.com', name: 'Ben Ortiz', role: 'Member' },
  { email: 'cleo@example.com', name: 'Cleo Park', role: 'Member' },
  { email: 'dev@example.com', name: 'Dev Patel', role: 'Member' },
];

export function SignInPage() {
  const state = useSession();
  const { to } = useSearch({ from: '/signin' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const options = useQuery({ queryKey: ['sign-in-options'], queryFn: api.auth.options, staleTime: Infinity });

  if (state.state === 'signed-in') return <Navigate to={to ?? '/inboxes'} replace />;

  const enter = async (address: string, secret: string) => {
    setBusy(true);
    setError(null);
    try {
      await session.signIn(address, secret);
    } catch (failure) {
      const wrong = failure instanceof Refused && failure.code === 'UNAUTHENTICATED';
      setError(wrong ? 'Email or password is wrong.' : sentenceOf(failure));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(email, password);
  };

  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Logo size={40} />
          <h1 className={styles.title}>Sign in to Partyline</h1>
          <p className={styles.lead}>Your team's shared inboxes for texts.</p>
        </div>
        <form className={styles.form} onSubmit={submit}>
          <Field
            label="Email"
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Field
            label="Password"
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          {error && (
            <p className={styles.error} role="alert">
              {error}
            </p>
          )}
          <Button type="submit" variant="primary" busy={busy} wide>
            {busy ? 'Signing in…' : 'Sign in'}
          </Button>
        </form>
        {options.data?.demo && (
          <section className={styles.demo} aria-labelledby="demo-title">
            <h2 id="demo-title" className={styles.demoTitle}>
              Demo: sign in as
            </h2>
            <ul className={styles.chips}>
              {DEMO_USERS.map((user) => (
                <li key={user.email}>
                  <button
                    type="button"
                    className={styles.chip}
                    disabled={busy}
                    onClick={() => void enter(user.email, DEMO_PASSWORD)}
                  >
                    <Avatar name={user.name} size={30} />
                    <span className={styles.chipWords}>
                      <span className={styles.chipName}>{user.name}</span>
                      <span className={styles.chipRole}>{user.role}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            <p className={styles.note}>
              The customer's side is the <a href="/simulator">phone simulator</a>.
            </p>
          </section>
        )}
      </div>
    </main>
  );
}
