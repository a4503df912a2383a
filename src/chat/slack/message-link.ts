/** As chat.getPermalink gives it (docs.slack.dev, chat.getPermalink). */
export function messageLink(site: string, channelId: string, ts: string): string {
  return new URL(`archives/${channelId}/p${ts.replace('.', '')}`, site).href;
}
