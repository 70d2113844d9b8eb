export interface ShortcutGroup {
  readonly title: string;
  readonly keys: readonly (readonly [keys: string, does: string])[];
}

/** What the help shows and the palette teaches. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: 'Conversation',
    keys: [
      ['a', 'Assign to Me'],
      ['Shift A', 'Assign… (Admin)'],
      ['t', 'Transfer…'],
      ['r', 'Return to Inbox'],
      ['e', 'Mark as Done'],
      ['s', 'Snooze…, or wake it'],
      ['Shift E', 'Reopen'],
      ['l', 'Tags…'],
      ['Enter', 'Write a reply'],
      ['Ctrl Enter', 'Send'],
    ],
  },
  {
    title: 'Moving',
    keys: [
      ['j', 'Next conversation'],
      ['k', 'Previous conversation'],
      ['u', 'Back to the list'],
      ['g u', 'Go to Unassigned'],
      ['g m', 'Go to Assigned to Me'],
      ['g o', 'Go to Others'],
      ['1', 'Open'],
      ['2', 'Done'],
      ['[', 'Previous inbox'],
      [']', 'Next inbox'],
    ],
  },
  {
    title: 'Anywhere',
    keys: [
      ['/', 'Search this inbox'],
      ['g s', 'Search everything'],
      ['c', 'New conversation'],
      ['Ctrl K', 'Commands'],
      ['?', 'This help'],
    ],
  },
];
