import {
  AlarmClock,
  AlarmClockOff,
  ArrowRightLeft,
  CircleCheck,
  RotateCcw,
  Undo2,
  UserPlus,
  UserRoundCheck,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { ActionId } from './action-list.js';

export const ACTION_ICONS: Record<ActionId, ReactNode> = {
  assignToMe: <UserRoundCheck aria-hidden="true" />,
  assign: <UserPlus aria-hidden="true" />,
  transfer: <ArrowRightLeft aria-hidden="true" />,
  return: <Undo2 aria-hidden="true" />,
  done: <CircleCheck aria-hidden="true" />,
  snooze: <AlarmClock aria-hidden="true" />,
  wake: <AlarmClockOff aria-hidden="true" />,
  reopen: <RotateCcw aria-hidden="true" />,
};
