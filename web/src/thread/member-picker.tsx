import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, useFilter } from 'react-aria-components';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import type { InboxMember } from '../api/types.js';
import { contactTitle } from '../format/names.js';
import { fullMoment } from '../format/time.js';
import type { Shown } from '../live/model.js';
import { Avatar } from '../ui/avatar.js';
import ModalDialog from '../ui/modal.js';
import { Skeleton } from '../ui/placeholder.js';
import styles from './member-picker.module.css';

interface Props {
  readonly purpose: 'assign' | 'transfer';
  readonly conversation: Shown;
  readonly onPick: (person: { id: string; name: string }) => void;
  readonly onClose: () => void;
}

/** Who gets it: the members of the inbox, with how much they have and whether they are there. */
export default function MemberPicker({ purpose, conversation, onPick, onClose }: Props) {
  const me = useMe();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [filter, setFilter] = useState('');
  const members = useQuery({
    queryKey: ['members', conversation.inboxId],
    queryFn: () => api.inboxes.members(conversation.inboxId),
    staleTime: 0,
  });
  const candidates = (members.data ?? [])
    .filter((member) => member.active && member.id !== conversation.owner?.id)
    .filter((member) => purpose === 'assign' || member.id !== me.id)
    .sort(byFitness);
  const title = `${purpose === 'assign' ? 'Assign' : 'Transfer'} ${contactTitle(conversation)} to…`;

  return (
    <ModalDialog title={title} onClose={onClose}>
      {members.isPending ? (
        <Skeleton rows={3} label="Loading the members" />
      ) : members.isError ? (
        <p className={styles.none} role="alert">
          {sentenceOf(members.error)}
        </p>
      ) : (
        <Autocomplete filter={contains} inputValue={filter} onInputChange={setFilter}>
          <SearchField aria-label="Find a member" autoFocus className={styles.search ?? ''}>
            <Input placeholder="Find a member" className={styles.input ?? ''} />
          </SearchField>
          <ListBox
            aria-label="Members of this inbox"
            className={styles.list ?? ''}
            disabledKeys={candidates.filter((member) => !member.assignable).map((member) => member.id)}
            onAction={(key) => {
              const member = candidates.find((each) => each.id === key);
              if (member) onPick({ id: member.id, name: member.name });
            }}
            renderEmptyState={() => (
              <p className={styles.none}>
                {filter
                  ? `Nobody is called “${filter}” here.`
                  : 'This inbox has no other members who could own it.'}
              </p>
            )}
          >
            {candidates.map((member) => (
              <ListBoxItem
                key={member.id}
                id={member.id}
                textValue={member.name}
                className={styles.member ?? ''}
              >
                <Avatar name={member.name} size={32} />
                <span className={styles.words}>
                  <span className={styles.name}>
                    {member.name}
                    {member.id === me.id ? ' (you)' : ''}
                  </span>
                  <span className={styles.detail}>{detailOf(member)}</span>
                </span>
                <span className={styles.state} data-state={member.availability} aria-hidden="true" />
              </ListBoxItem>
            ))}
          </ListBox>
        </Autocomplete>
      )}
    </ModalDialog>
  );
}

function detailOf(member: InboxMember): string {
  const until = member.awayUntil ? ` until ${fullMoment(member.awayUntil)}` : '';
  if (!member.assignable) {
    return member.availability === 'out_of_office' ? `Out of office${until}` : 'Can only look on';
  }
  const load = member.load === 0 ? 'Nothing open here' : `${member.load} open here`;
  const there = { available: 'Available', away: 'Away', out_of_office: 'Out of office' }[member.availability];
  return `${there}${until} · ${load}`;
}

/** Who is there and has the least comes first. */
function byFitness(a: InboxMember, b: InboxMember): number {
  const rank = (member: InboxMember) =>
    (member.assignable ? 0 : 100) + ['available', 'away', 'out_of_office'].indexOf(member.availability) * 10;
  return rank(a) - rank(b) || a.load - b.load || a.name.localeCompare(b.name);
}
