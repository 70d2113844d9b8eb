import type { Contact } from '@partyline/contracts';
import { formatPhone } from '../format/phone.js';

/** What a contact is called: by the name, else by the numbers. */
export const titleOfContact = ({ name, numbers }: Pick<Contact, 'name' | 'numbers'>): string =>
  name ?? (numbers.map(formatPhone).join(', ') || 'No name');
