import { describe, expect, test } from '@jest/globals';
import { botOf, CHANNEL, MANIFEST, plain, refusalOf, section, slackWith } from './slack/real-bot.ts';

describe('a slash command', () => {
  test('shows its acknowledgement to the user alone', async () => {
    const slack = await slackWith();
    await botOf(slack, (app) => {
      app.command('/watch', async ({ ack, command }) => ack(`watching ${command.text}`));
    });
    const outcome = await slack.command({ channel: CHANNEL, user: 'U2', command: '/watch', text: 'Idlib' });
    expect(outcome).toMatchObject({ error: null, notice: '' });
    expect(outcome.shown()).toMatchObject([{ text: 'watching Idlib', ephemeral: true }]);
    expect(slack.sees(CHANNEL)).toEqual([]);
    expect(slack.sees(CHANNEL, 'U2')).toHaveLength(1);
  });

  test('is answered later through respond(), for the channel when asked', async () => {
    const slack = await slackWith();
    await botOf(slack, (app) => {
      app.command('/news', async ({ ack, respond }) => {
        await ack();
        await respond({ response_type: 'in_channel', text: 'three articles' });
      });
    });
    const outcome = await slack.command({ channel: CHANNEL, command: '/news' });
    expect(await outcome.answer()).toMatchObject({ text: 'three articles', ephemeral: false });
    expect(slack.sees(CHANNEL, 'U3')).toHaveLength(1);
  });

  test('that nobody acknowledges ends as the user sees it: operation_timeout', async () => {
    const slack = await slackWith({ ackTimeoutMs: 100 });
    await botOf(slack);
    const outcome = await slack.command({ channel: CHANNEL, command: '/watch' });
    expect(outcome.notice).toBe('/watch failed with the error "operation_timeout"');
    await expect(outcome.answer(50)).rejects.toThrow('operation_timeout');
  });

  test('fails when it is not in the manifest, and when the app is not connected', async () => {
    const slack = await slackWith();
    const unknown = await slack.command({ channel: CHANNEL, command: '/wacth' });
    expect(unknown).toMatchObject({ error: 'unknown_command' });
    expect(unknown.notice).toContain('/wacth is not a valid command');
    const offline = await slack.command({ channel: CHANNEL, command: '/watch' });
    expect(offline.notice).toBe('/watch failed with the error "dispatch_failed"');
  });

  test('whose acknowledgement breaks a limit fails for the user', async () => {
    const slack = await slackWith();
    await botOf(slack, (app) => {
      app.command('/watch', async ({ ack }) => ack({ blocks: [section('a'.repeat(3001))] }));
    });
    const outcome = await slack.command({ channel: CHANNEL, command: '/watch' });
    expect(outcome.error).toBe('invalid_command_response');
    expect(outcome.shown()).toEqual([]);
  });

  test('takes five answers within half an hour, and no more', async () => {
    let now = Date.parse('2022-02-03T08:00:00Z');
    const slack = await slackWith({ now: () => now });
    const urls: string[] = [];
    await botOf(slack, (app) => {
      app.command('/news', async ({ ack, command }) => {
        urls.push(command.response_url);
        await ack();
      });
    });
    await slack.command({ channel: CHANNEL, command: '/news' });
    await slack.command({ channel: CHANNEL, command: '/news' });
    const answer = async (url = '') =>
      (
        await fetch(url, {
          method: 'POST',
          body: '{"text":"x"}',
          headers: { 'content-type': 'application/json' },
        })
      ).status;
    const statuses = [];
    for (let use = 0; use < 6; use += 1) statuses.push(await answer(urls[0]));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    now += 31 * 60_000;
    expect(await answer(urls[1])).toBe(404);
  });
});

describe('a button', () => {
  const actions = {
    type: 'actions' as const,
    elements: [{ type: 'button' as const, action_id: 'mute', text: plain('Mute'), value: 'watch-1' }],
  };

  test('reaches the app with its value, and the app replaces the message and answers', async () => {
    const slack = await slackWith();
    const { client } = await botOf(slack, (app) => {
      app.action('mute', async ({ ack, respond, body, action }) => {
        await ack();
        const value = 'value' in action ? action.value : '';
        await respond({ text: `${body.user.id} muted ${value}` });
        await respond({ replace_original: true, text: 'muted' });
      });
    });
    const { ts = '' } = await client.chat.postMessage({ channel: CHANNEL, text: 'alert', blocks: [actions] });
    const outcome = await slack.click({ channel: CHANNEL, ts, actionId: 'mute', user: 'U2' });
    expect(outcome).toMatchObject({ error: null, opened: null });
    expect(await outcome.answer()).toMatchObject({ text: 'U2 muted watch-1', ephemeral: true });
    const seen = await slack.waitFor(CHANNEL, ([message]) => message?.text === 'muted');
    expect(seen).toMatchObject([{ ts, buttons: [], edited: true }]);
  });

  test('can not be clicked when it is not there, and does nothing without interactivity', async () => {
    const settings = { ...MANIFEST.settings, interactivity: { is_enabled: false } };
    const slack = await slackWith({ manifest: { ...MANIFEST, settings } });
    const { client } = await botOf(slack);
    const { ts = '' } = await client.chat.postMessage({ channel: CHANNEL, text: 'alert', blocks: [actions] });
    await expect(slack.click({ channel: CHANNEL, ts, actionId: 'muet' })).rejects.toThrow('[mute]');
    const outcome = await slack.click({ channel: CHANNEL, ts, actionId: 'mute' });
    expect(outcome.error).toBe('interactivity_disabled');
  });

  test('deletes an answer that only its user sees', async () => {
    const slack = await slackWith();
    await botOf(slack, (app) => {
      app.command('/watch', async ({ ack }) => ack({ text: 'sure?', blocks: [section('sure?'), actions] }));
      app.action('mute', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    const asked = await slack.command({ channel: CHANNEL, command: '/watch' });
    const { ts } = await asked.answer();
    await slack.click({ channel: CHANNEL, ts, actionId: 'mute' });
    expect(await slack.waitFor(CHANNEL, (messages) => messages.length === 0)).toEqual([]);
  });
});

describe('a modal', () => {
  const view = {
    type: 'modal' as const,
    callback_id: 'add-watch',
    title: plain('Add a watch'),
    submit: plain('Add'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'query',
        label: plain('Query'),
        element: { type: 'plain_text_input' as const, action_id: 'text' },
      },
      {
        type: 'input' as const,
        block_id: 'when',
        label: plain('When'),
        element: {
          type: 'static_select' as const,
          action_id: 'mode',
          options: [
            { text: plain('At once'), value: 'now' },
            { text: plain('Daily'), value: 'daily' },
          ],
        },
      },
    ],
  };

  test('shows a field error, then takes the corrected entry and closes', async () => {
    const slack = await slackWith();
    const taken: unknown[] = [];
    await botOf(slack, (app) => {
      app.command('/watch', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view });
      });
      app.view('add-watch', async ({ ack, view: { state } }) => {
        const query = state.values.query?.text?.value;
        if (query === 'AND') return ack({ response_action: 'errors', errors: { query: 'AND needs words' } });
        taken.push([query, state.values.when?.mode?.selected_option?.value]);
        return ack();
      });
    });
    await slack.command({ channel: CHANNEL, command: '/watch' });
    expect(await slack.waitForModal()).toMatchObject({
      title: 'Add a watch',
      inputs: [{ blockId: 'query' }, { blockId: 'when', type: 'static_select' }],
    });
    const empty = await slack.submitModal({ values: { mode: 'daily' } });
    expect(empty.fieldErrors).toEqual({ query: 'Please complete this required field.' });
    const wrong = await slack.submitModal({ values: { query: 'AND', mode: 'daily' } });
    expect(wrong).toEqual({ error: null, fieldErrors: { query: 'AND needs words' } });
    expect(slack.openModals()).toHaveLength(1);
    expect(taken).toEqual([]);
    const right = await slack.submitModal({ values: { query: 'Idlib', mode: 'daily' } });
    expect(right).toEqual({ error: null, fieldErrors: {} });
    expect(taken).toEqual([['Idlib', 'daily']]);
    expect(slack.openModals()).toEqual([]);
  });

  test('rejects errors for a field that it does not have, and entries that a user could not make', async () => {
    const slack = await slackWith();
    await botOf(slack, (app) => {
      app.command('/watch', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view });
      });
      app.view('add-watch', async ({ ack }) => ack({ response_action: 'errors', errors: { qeury: 'no' } }));
    });
    await slack.command({ channel: CHANNEL, command: '/watch' });
    await slack.waitForModal();
    const outcome = await slack.submitModal({ values: { text: 'Idlib', mode: 'now' } });
    expect(outcome).toEqual({ error: 'invalid_response', fieldErrors: {} });
    await expect(slack.submitModal({ values: { text: 'x', mode: 'weekly' } })).rejects.toThrow('now,daily');
    await expect(slack.submitModal({ values: { tetx: 'x' } })).rejects.toThrow('no field [tetx]');
  });

  test('can be changed, covered by another, and cleared with it', async () => {
    const slack = await slackWith();
    const note = (title: string) => ({
      type: 'modal' as const,
      title: plain(title),
      blocks: [section(title)],
    });
    const { client } = await botOf(slack, (app) => {
      app.command('/watch', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view });
      });
      app.view('add-watch', async ({ ack }) =>
        ack({
          response_action: 'push',
          view: { ...note('Sure?'), callback_id: 'sure', submit: plain('Yes') },
        }),
      );
      app.view('sure', async ({ ack }) => ack({ response_action: 'clear' }));
    });
    await slack.command({ channel: CHANNEL, command: '/watch' });
    await slack.waitForModal();
    await slack.submitModal({ values: { text: 'Idlib', mode: 'now' } });
    expect(slack.openModals().map((modal) => modal.title)).toEqual(['Add a watch', 'Sure?']);
    const below = slack.openModals()[0]?.id ?? '';
    await client.views.update({ view_id: below, view: note('Changed') });
    expect(slack.openModals().map((modal) => modal.text)).toEqual(['Changed', 'Sure?']);
    const late = client.views.update({ view_id: below, hash: 'an-older-one', view: note('Late') });
    expect((await refusalOf(late)).error).toBe('hash_conflict');
    await slack.submitModal({ values: {} });
    expect(slack.openModals()).toEqual([]);
  });

  test('opens once for each trigger, within three seconds, and only when it is valid', async () => {
    let now = Date.parse('2022-02-03T08:00:00Z');
    const slack = await slackWith({ now: () => now });
    const triggers: string[] = [];
    const { client } = await botOf(slack, (app) => {
      app.command('/watch', async ({ ack, command }) => {
        triggers.push(command.trigger_id);
        await ack();
      });
    });
    await slack.command({ channel: CHANNEL, command: '/watch' });
    await slack.command({ channel: CHANNEL, command: '/watch' });
    const [first = '', second = ''] = triggers;
    const { submit: _submit, ...withoutSubmit } = view;
    const invalid = await refusalOf(client.views.open({ trigger_id: first, view: withoutSubmit }));
    expect(invalid.error).toBe('invalid_arguments');
    expect(invalid.messages[0]).toBe(
      '[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
    );
    await client.views.open({ trigger_id: first, view });
    expect((await refusalOf(client.views.open({ trigger_id: first, view }))).error).toBe(
      'exchanged_trigger_id',
    );
    now += 3001;
    expect((await refusalOf(client.views.open({ trigger_id: second, view }))).error).toBe(
      'expired_trigger_id',
    );
    expect((await refusalOf(client.views.open({ trigger_id: 'made-up', view }))).error).toBe(
      'invalid_trigger_id',
    );
  });
});

describe('an event', () => {
  test('is delivered when the manifest subscribes to it: mention, message and Home tab', async () => {
    const slack = await slackWith();
    const heard: string[] = [];
    await botOf(slack, (app) => {
      app.event('app_mention', async ({ event, say }) => {
        await say({ text: `you said ${event.text.replace(/<@\w+> /, '')}`, thread_ts: event.ts });
      });
      app.message(/raid/, async ({ message }) => {
        heard.push(message.ts);
      });
      app.event('app_home_opened', async ({ event, client }) => {
        const blocks = [section('*Your watches*')];
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      });
    });
    const mention = await slack.mention({ channel: CHANNEL, text: 'raids?' });
    expect(mention.events).toEqual(['app_mention', 'message.channels']);
    const seen = await slack.waitFor(CHANNEL, ([message]) => message?.replies.length === 1);
    expect(seen[0]?.replies[0]?.text).toBe('you said raids?');
    expect(heard).toEqual([mention.ts]);
    expect(await slack.openHome()).toBe(true);
    await slack.waitFor(CHANNEL, () => slack.home() !== null);
    expect(slack.home()?.text).toBe('Your watches');
  });

  test('is not delivered when the manifest does not subscribe to it', async () => {
    const settings = { ...MANIFEST.settings, event_subscriptions: { bot_events: ['app_home_opened'] } };
    const slack = await slackWith({ manifest: { ...MANIFEST, settings } });
    await botOf(slack);
    expect((await slack.mention({ channel: CHANNEL, text: 'hello' })).events).toEqual([]);
  });
});
