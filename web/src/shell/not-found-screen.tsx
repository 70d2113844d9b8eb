import { useNavigate } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { Empty } from '../ui/placeholder.js';

export function NotFoundScreen() {
  const navigate = useNavigate();
  return (
    <Empty
      level="page"
      icon={<MapPinOff />}
      title="There is nothing at this address"
      action={{ label: 'Go to Inboxes', act: () => void navigate({ to: '/inboxes' }) }}
    >
      The link may be old, or it leads to something that you may not see.
    </Empty>
  );
}
