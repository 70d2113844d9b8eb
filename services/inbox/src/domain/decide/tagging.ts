import { TAGS_PER_CONVERSATION } from '@partyline/contracts';
import { fail, ok } from '@partyline/kernel';
import type { TagWith } from '../commands.js';
import { refuse, type DomainError } from '../errors.js';
import { mayTag } from '../permissions.js';
import { NOTHING_TO_DO, type Case, type Decision } from './decision.js';

/** Needs no epoch: two people who tag at once both mean what they say. What is so already is left as it is. */
export function decideTag(at: Case, { add, remove, known }: TagWith): Decision {
  const refusal = mayTag(at);
  if (refusal) return fail(refusal);
  const { tags } = at.state;
  const added = [...new Set(add)].filter((id) => !tags.includes(id));
  const removed = tags.filter((id) => remove.includes(id) && !add.includes(id));
  if (added.length === 0 && removed.length === 0) return NOTHING_TO_DO;
  const flaw = added.map((id) => unusable(id, known)).find((found) => found !== null);
  if (flaw) return fail(flaw);
  if (tags.length + added.length - removed.length > TAGS_PER_CONVERSATION && added.length > 0) {
    return fail(
      refuse(
        'VALIDATION',
        `A conversation can have ${TAGS_PER_CONVERSATION} tags, and this one would have more. Take one off first.`,
      ),
    );
  }
  return ok([{ type: 'conversation.tagged', data: { added, removed } }]);
}

function unusable(id: string, known: TagWith['known']): DomainError | null {
  const tag = known.get(id);
  if (!tag) return refuse('VALIDATION', 'There is no such tag. Choose one from the list.');
  return tag.retired
    ? refuse(
        'VALIDATION',
        `The tag ${tag.name} is retired: it stays where it is, and is put on nothing more.`,
      )
    : null;
}
