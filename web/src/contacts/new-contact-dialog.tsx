import type { ContactDetail } from '@partyline/contracts';
import { ModalDialog } from '../ui/lazy.js';
import { ContactForm } from './contact-form.js';
import { api } from '../api/client.js';

interface Props {
  readonly onClose: () => void;
  readonly onDone: (contact: ContactDetail) => void;
}

export function NewContactDialog({ onClose, onDone }: Props) {
  return (
    <ModalDialog title="New contact" onClose={onClose}>
      <ContactForm
        initial={{ name: '', notes: '', numbers: [] }}
        onCancel={onClose}
        onSave={async (input, key) => onDone(await api.contacts.create(input, key))}
      />
    </ModalDialog>
  );
}
