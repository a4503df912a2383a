/** What one channel must show of a story, as the script of the news says. */
export interface ExpectedAlert {
  /** A word that all of its messages have, and no other. */
  key: string;
  /** The outlet that told it first: the channel keeps the order of each outlet. */
  outlet: string;
  /** Words that the message must have in the end: one of the latest wording of each article. */
  marks: string[];
  /** What its thread must tell, in this order; what is not certain may have been in the message from the start. */
  replies: { mark: string; isCertain: boolean }[];
}

/** A message as a reader of the channel sees it, and what is said in its thread. */
export interface SeenAlert {
  text: string;
  replies: string[];
}

export interface Faults {
  lost: string[];
  doubled: string[];
  outOfOrder: string[];
  /** Messages that the script knows nothing of. */
  unexpected: string[];
}

/** What is wrong with a channel, one sentence each; `seen` is oldest first, `expected` in the order of publication. */
export function checkChannel(expected: ExpectedAlert[], seen: SeenAlert[]): Faults {
  const faults: Faults = { lost: [], doubled: [], outOfOrder: [], unexpected: [] };
  const newest = new Map<string, number>();
  for (const alert of expected) {
    const [place, ...more] = seen.flatMap(({ text }, index) => (text.includes(alert.key) ? [index] : []));
    const message = place === undefined ? undefined : seen[place];
    if (place === undefined || message === undefined) {
      faults.lost.push(`alert ${alert.key}`);
      continue;
    }
    faults.doubled.push(...more.map(() => `alert ${alert.key}`));
    const before = newest.get(alert.outlet) ?? -1;
    if (place < before)
      faults.outOfOrder.push(`alert ${alert.key} stands before an older one of ${alert.outlet}`);
    newest.set(alert.outlet, Math.max(before, place));
    checkUpdates(alert, message, faults);
  }
  const keys = expected.map(({ key }) => key);
  const unknown = seen.filter(({ text }) => !keys.some((key) => text.includes(key)));
  faults.unexpected.push(...unknown.map(({ text }) => `message “${text.slice(0, 80)}”`));
  return faults;
}

function checkUpdates(alert: ExpectedAlert, message: SeenAlert, faults: Faults): void {
  const { key, marks, replies } = alert;
  const missing = marks.filter((mark) => !message.text.includes(mark));
  faults.lost.push(...missing.map((mark) => `edit ${mark} of ${key}`));
  let newest = -1;
  for (const { mark, isCertain } of replies) {
    const [place = -1, ...more] = message.replies.flatMap((text, index) =>
      text.includes(mark) ? [index] : [],
    );
    if (place < 0 && isCertain) faults.lost.push(`reply ${mark} of ${key}`);
    faults.doubled.push(...more.map(() => `reply ${mark} of ${key}`));
    if (place >= 0 && place < newest)
      faults.outOfOrder.push(`reply ${mark} of ${key} stands before an older one`);
    newest = Math.max(newest, place);
  }
  const unknown = message.replies.filter((text) => !replies.some(({ mark }) => text.includes(mark)));
  faults.unexpected.push(...unknown.map((text) => `reply “${text.slice(0, 80)}” of ${key}`));
}

/** Messages of a channel that arrived in another order than their rows in the outbox; both lists name the same ids. */
export function checkOutboxOrder(queued: string[], arrived: string[]): string[] {
  const turn = new Map(queued.map((id, index) => [id, index]));
  let newest = -1;
  return arrived.flatMap((id) => {
    const place = turn.get(id) ?? -1;
    const isLate = place < newest;
    newest = Math.max(newest, place);
    if (place < 0) return [`message ${id} is not in the outbox`];
    return isLate ? [`message ${id} arrived after a later one of the outbox`] : [];
  });
}
