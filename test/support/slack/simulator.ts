import type { Server } from 'node:http';
import { type ClickOutcome, click } from './clicks.ts';
import { runCommand } from './commands.ts';
import { type Desk, type Outcome, openChannel } from './desk.ts';
import { deliverEvent, say } from './events.ts';
import { type Fault, Faults } from './faults.ts';
import type { GivenFile } from './files.ts';
import { readManifest } from './manifest.ts';
import { readView, type SeenView, type SubmitInput, type SubmitOutcome, submitModal } from './modal-users.ts';
import { Modals } from './modals.ts';
import { RateLimit } from './rate-limit.ts';
import { readChannel, type SeenMessage } from './reader.ts';
import { ResponseUrls } from './response-urls.ts';
import { SocketHub } from './socket-hub.ts';
import { waitUntil } from './waiting.ts';
import { type ApiCall, listen, type Slack } from './web-server.ts';
import { BOT_USER, Workspace } from './workspace.ts';

export interface SlackOptions {
  /** The parsed app manifest: what it lacks, Slack refuses. */
  manifest: unknown;
  /** Default: one public channel C0NEWS that the app is in. `member` defaults to true. */
  channels?: { id: string; name: string; private?: boolean; member?: boolean }[];
  botToken?: string;
  appToken?: string;
  teamId?: string;
  /** Messages that one channel takes at once before the limit of one a second applies; default 60. */
  burst?: number;
  /** Slack's own 3000 unless given. */
  ackTimeoutMs?: number;
  now?: () => number;
}

/** A running Slack workspace with the app of the manifest installed. */
export interface SlackSimulator {
  /** `http://127.0.0.1:PORT/api/`, for SLACK_API_URL. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  teamId: string;
  botUserId: string;
  /** Every call of the Web API and of a response_url, in order of arrival. */
  calls: ApiCall[];
  /** A channel as `userId` (default: the reader) sees it, oldest first. */
  sees(channelId: string, userId?: string): SeenMessage[];
  /** Resolves when the predicate holds for what the reader sees; rejects with what is there instead. */
  waitFor(
    channelId: string,
    predicate: (messages: SeenMessage[]) => boolean,
    timeoutMs?: number,
  ): Promise<SeenMessage[]>;
  /** A user types a command. Resolves on the acknowledgement; later answers come through the outcome. */
  command(input: { channel: string; user?: string; command: string; text?: string }): Promise<Outcome>;
  /** A user clicks a button, or chooses the option `value` of a menu. */
  click(input: {
    channel: string;
    ts: string;
    actionId: string;
    user?: string;
    value?: string;
  }): Promise<ClickOutcome>;
  /** The modals a user has before them, the topmost last. */
  openModals(user?: string): SeenView[];
  /** Resolves as soon as the user has a modal open. */
  waitForModal(user?: string, timeoutMs?: number): Promise<SeenView>;
  submitModal(input: { user?: string; values: SubmitInput['values'] }): Promise<SubmitOutcome>;
  /** A user writes a message; a thread's `ts` makes it a reply. Resolves to the events the app acknowledged. */
  say(input: {
    channel: string;
    user?: string;
    text: string;
    thread?: string;
    /** A file that is shared with it. */
    file?: GivenFile;
  }): Promise<{ ts: string; events: string[] }>;
  /** A user writes to the app by its name. */
  mention(input: { channel: string; user?: string; text: string }): Promise<{ ts: string; events: string[] }>;
  /** A user opens the app's Home tab; resolves to whether the app was told. */
  openHome(user?: string): Promise<boolean>;
  /** The Home tab that the app published for a user, or null. */
  home(user?: string): SeenView | null;
  invite(channelId: string): Promise<void>;
  kick(channelId: string): Promise<void>;
  archive(channelId: string): Promise<void>;
  unarchive(channelId: string): Promise<void>;
  /** Somebody deletes a message. */
  removeMessage(channelId: string, ts: string): void;
  /** From now on Slack can not fetch this image, and refuses what shows it. */
  breakImage(url: string): void;
  fault(method: string, fault: Fault, times?: number): void;
  /** Forgets the faults that no call has met. */
  clearFaults(): void;
  refuseTokens(): void;
  dropSockets(): void;
  refreshSockets(): void;
  /** Resolves when so many sockets take envelopes. */
  waitForSockets(count: number, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Who reads and types when a test does not say. */
const READER = 'UREADER01';

/** Starts a Slack on a free loopback port. Throws when Slack would refuse the manifest. */
export async function startSlack(options: SlackOptions): Promise<SlackSimulator> {
  const now = options.now ?? Date.now;
  const workspace = openWorkspace(options, now);
  const manifest = readManifest(options.manifest);
  const modals = new Modals(workspace, now);
  const hub = new SocketHub(options.ackTimeoutMs ?? 3000);
  const responseUrls = new ResponseUrls(workspace, now);
  const rate = new RateLimit(options.burst ?? 60, now);
  const teamId = options.teamId ?? 'TNEWSROOM';
  let origin = '';
  const slack: Slack = {
    tokens: {
      bot: options.botToken ?? 'xoxb-test-token',
      app: options.appToken ?? 'xapp-test-token',
      refused: false,
    },
    call: {
      workspace,
      manifest,
      modals,
      teamId,
      socketUrl: () => `ws://${origin}/link/?ticket=${hub.ticket()}`,
      spendRate: (channel) => rate.spend(channel),
    },
    calls: [],
    faults: new Faults(),
    responseUrls,
    hub,
    now,
  };
  const listening = await listen(slack);
  origin = listening.origin;
  const desk: Desk = {
    workspace,
    manifest,
    modals,
    hub,
    responseUrls,
    teamId,
    responseBase: `http://${origin}/response/`,
    fileBase: `http://${origin}/files-pri/`,
  };
  return {
    apiUrl: `http://${origin}/api/`,
    botToken: slack.tokens.bot,
    appToken: slack.tokens.app,
    teamId,
    botUserId: BOT_USER,
    calls: slack.calls,
    ...whatPeopleDo(desk),
    ...whatPeopleSee(desk),
    ...whatHappensToChannels(desk),
    ...whatGoesWrong(slack, workspace),
    close: () => close(listening.server, hub),
  };
}

function openWorkspace(options: SlackOptions, now: () => number): Workspace {
  const workspace = new Workspace(now);
  workspace.meet(READER);
  for (const channel of options.channels ?? [{ id: 'C0NEWS', name: 'news' }]) {
    workspace.channels.set(channel.id, {
      id: channel.id,
      name: channel.name,
      kind: channel.private ? 'private' : 'public',
      member: channel.member ?? true,
      archived: false,
    });
  }
  return workspace;
}

function whatPeopleSee({ workspace, modals }: Desk) {
  const onChange = (listener: () => void) => workspace.onChange(listener);
  const openModals = (user = READER) => modals.stack(user).map(readView);
  const home = (user = READER) => {
    const view = modals.homes.get(user);
    return view ? readView(view) : null;
  };
  const sees = (channelId: string, userId = READER) =>
    readChannel(workspace, workspace.channel(channelId).id, userId);
  const waitFor: SlackSimulator['waitFor'] = (channelId, predicate, timeoutMs = 5000) =>
    waitUntil({
      read: () => {
        const messages = sees(channelId);
        return predicate(messages) ? messages : undefined;
      },
      onChange,
      timeoutMs,
      describe: () =>
        `after ${timeoutMs} ms, ${channelId} shows: ${JSON.stringify(sees(channelId), null, 2)}`,
    });
  const waitForModal: SlackSimulator['waitForModal'] = (user = READER, timeoutMs = 5000) =>
    waitUntil({
      read: () => openModals(user).at(-1),
      onChange,
      timeoutMs,
      describe: () => `after ${timeoutMs} ms, ${user} has no modal open`,
    });
  return { sees, waitFor, openModals, waitForModal, home };
}

function whatPeopleDo(desk: Desk) {
  const { workspace } = desk;
  const write: SlackSimulator['say'] = ({ channel, user = READER, text, thread, file }) =>
    say(desk, {
      channel: openChannel(desk, channel),
      user: workspace.meet(user),
      text,
      threadTs: thread ?? null,
      ...(file === undefined ? {} : { file }),
    });
  const command: SlackSimulator['command'] = async (input) =>
    runCommand(desk, { text: '', ...input, user: workspace.meet(input.user ?? READER) });
  const press: SlackSimulator['click'] = async (input) =>
    click(desk, { ...input, user: workspace.meet(input.user ?? READER) });
  const submit: SlackSimulator['submitModal'] = async ({ user = READER, values }) =>
    submitModal(desk, { user, values });
  const mention: SlackSimulator['mention'] = (input) =>
    write({ ...input, text: `<@${BOT_USER}> ${input.text}` });
  const openHome: SlackSimulator['openHome'] = async (user = READER) => {
    if (!desk.manifest.homeTab) throw new Error('the manifest has no Home tab');
    const channel = workspace.direct(workspace.meet(user)).id;
    const event = { type: 'app_home_opened', user, channel, tab: 'home', event_ts: workspace.nextTs() };
    return deliverEvent(desk, 'app_home_opened', event);
  };
  return { say: write, mention, command, click: press, submitModal: submit, openHome };
}

function whatHappensToChannels(desk: Desk) {
  const { workspace } = desk;
  const tell = async (subscription: string, channel: string, event: object) => {
    workspace.changed();
    await deliverEvent(desk, subscription, { channel, event_ts: workspace.nextTs(), ...event });
  };
  return {
    invite: async (id: string) => {
      workspace.channel(id).member = true;
      await tell('member_joined_channel', id, { type: 'member_joined_channel', user: BOT_USER });
    },
    kick: async (id: string) => {
      const channel = workspace.channel(id);
      channel.member = false;
      const type = channel.kind === 'private' ? 'group_left' : 'channel_left';
      await tell(type, id, { type, actor_id: READER });
    },
    archive: async (id: string) => {
      const channel = workspace.channel(id);
      channel.archived = true;
      const type = channel.kind === 'private' ? 'group_archive' : 'channel_archive';
      await tell(type, id, { type, user: READER });
    },
    unarchive: async (id: string) => {
      const channel = workspace.channel(id);
      channel.archived = false;
      const type = channel.kind === 'private' ? 'group_unarchive' : 'channel_unarchive';
      await tell(type, id, { type, user: READER });
    },
    removeMessage: (id: string, ts: string) => {
      const message = workspace.find(id, ts);
      if (!message) throw new Error(`there is no message ${ts} in ${id}`);
      workspace.remove(message);
    },
  };
}

function whatGoesWrong(slack: Slack, workspace: Workspace) {
  const { hub } = slack;
  const waitForSockets: SlackSimulator['waitForSockets'] = async (count, timeoutMs = 10_000) => {
    await waitUntil({
      read: () => (hub.count === count ? true : undefined),
      onChange: (listener) => hub.onChange(listener),
      timeoutMs,
      describe: () => `after ${timeoutMs} ms, ${hub.count} sockets are open, not ${count}`,
    });
  };
  return {
    fault: (method: string, fault: Fault, times = 1) => slack.faults.add(method, fault, times),
    clearFaults: () => slack.faults.clear(),
    breakImage: (url: string) => {
      workspace.brokenImages.add(url);
    },
    refuseTokens: () => {
      slack.tokens.refused = true;
    },
    dropSockets: () => hub.drop(),
    refreshSockets: () => hub.refresh(),
    waitForSockets,
  };
}

async function close(server: Server, hub: SocketHub): Promise<void> {
  hub.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
