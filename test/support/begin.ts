import { composeRollUp } from '../../src/alerts/roll-up.ts';
import { doubtText } from '../../src/matching/reasons.ts';
import type { RollUp } from '../../src/model/alert.ts';

/** How a test begins a delivery: nothing of it can be on its way when it ends. */
export const BEGIN = { compose: (rollUp: RollUp) => composeRollUp(rollUp, doubtText), lateAt: 0 };
