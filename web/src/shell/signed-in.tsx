import { useNavigate } from '@tanstack/react-router';
import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';
import { session, useSession } from '../api/session.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import { Shell } from './shell.js';

/** Lets signed-in people pass. Not knowing yet is not the same as not being. */
export function SignedIn() {
  const state = useSession();
  switch (state.state) {
    case 'starting':
      return <Skeleton label="Starting" rows={8} />;
    case 'unreachable':
      return (
        <Empty
          level="page"
          icon={<CloudOff />}
          title="The server cannot be reached"
          action={{ label: 'Try again', act: () => void session.start() }}
        >
          Check your connection. What you have typed is kept on this device.
        </Empty>
      );
    case 'signed-out':
      return <ToSignIn />;
    case 'signed-in':
      return <Shell key={state.me.id} me={state.me} />;
  }
}

/** Once, from where they are now: the location changes under this while the sign-in screen loads. */
function ToSignIn() {
  const navigate = useNavigate();
  useEffect(() => {
    const { pathname } = window.location;
    void navigate({ to: '/signin', search: pathname === '/' ? {} : { to: pathname }, replace: true });
  }, [navigate]);
  return null;
}
