import { Contact } from 'lucide-react';
import { Empty } from '../ui/placeholder.js';

export default function NoContact() {
  return (
    <Empty level="page" icon={<Contact />} title="No contact selected">
      Choose one from the list to see the numbers, the notes and the history.
    </Empty>
  );
}
