import { type Check, checkOptionalText, checkString, checkText, PLAIN, report } from './block-check.ts';
import { blockProblems } from './block-kit.ts';
import { asObjects, type Json } from './json.ts';

const MODAL_TITLE = { types: PLAIN, max: 24 };

/** Why Slack would refuse a view, in its own words; an empty list when it would not. */
export function viewProblems(view: Json, canFetch: (url: string) => boolean): string[] {
  const surface = view.type === 'home' ? 'home' : 'modal';
  const hasSubmit = view.submit !== undefined;
  const check: Check = {
    problems: [],
    surface,
    canFetch,
    blockIds: new Set(),
    markdownLength: 0,
    hasSubmit,
  };
  if (view.type !== 'modal' && view.type !== 'home') {
    report(check, '/view/type', 'must be one of: modal, home');
  }
  if (surface === 'modal') {
    checkText(check, view, 'title', '/view', MODAL_TITLE);
    checkOptionalText(check, view, 'submit', '/view', MODAL_TITLE);
    checkOptionalText(check, view, 'close', '/view', MODAL_TITLE);
  }
  checkString(check, view, 'private_metadata', '/view', { max: 3000 });
  checkString(check, view, 'callback_id', '/view', { max: 255 });
  if (!Array.isArray(view.blocks)) report(check, '/view', 'missing required field: blocks');
  const blocks = blockProblems(asObjects(view.blocks), {
    surface,
    pointer: '/view/blocks',
    canFetch,
    hasSubmit,
  });
  return [...check.problems, ...blocks];
}
