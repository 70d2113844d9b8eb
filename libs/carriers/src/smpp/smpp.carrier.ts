import type { BoundCarrier } from '../carrier.js';
import { smppAccountProblem } from './smpp.account.js';
import { smppGuide } from './smpp.guide.js';

/** An SMSC by SMPP 3.4, without anybody in between. Media go out as links; nothing but text comes in. */
export const smpp: BoundCarrier = {
  id: 'smpp',
  name: 'SMPP 3.4 (direct)',
  guide: smppGuide,
  binds: true,
  filesAsLinks: () => true,
  accountProblem: smppAccountProblem,
};
