import { listStatusOf } from '../live/sections.js';
import { listSearch } from './layout.js';
import { Navigate, useParams } from '@tanstack/react-router';
import { CloudOff, EyeOff } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { loadConversation } from '../live/loads.js';
import { useLive } from '../live/store.js';
import { Empty, Skeleton } from '../ui/placeholder.js';

/** A link from a notification: it knows the conversation but not its inbox. */
export function ConversationLink() {
  const { conversationId } = useParams({ from: '/shell/conversations/$conversationId' });
  const known = useLive((state) => state.shown.get(conversationId));
  const [problem, setProblem] = useState<'missing' | 'unreachable' | null>(null);
  const load = useCallback(() => {
    setProblem(null);
    loadConversation(conversationId).then(
      (found) => found === 'missing' && setProblem('missing'),
      () => setProblem('unreachable'),
    );
  }, [conversationId]);
  useEffect(load, [load]);
  if (known) {
    return (
      <Navigate
        to="/inboxes/$inboxId/c/$conversationId"
        params={{ inboxId: known.inboxId, conversationId }}
        search={listSearch(listStatusOf(known))}
        replace
      />
    );
  }
  if (problem === 'missing') {
    return (
      <Empty level="page" icon={<EyeOff />} title="You cannot see this conversation">
        It is in an inbox that you are not a member of, or the link is wrong.
      </Empty>
    );
  }
  if (problem === 'unreachable') {
    return (
      <Empty
        level="page"
        icon={<CloudOff />}
        title="The conversation did not load"
        action={{ label: 'Try again', act: load }}
      />
    );
  }
  return <Skeleton label="Loading the conversation" shape="bubble" />;
}
