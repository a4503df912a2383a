import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { rssFeed } from '../support/feed-documents.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { startTocsin } from '../support/tocsin.ts';

/** A file system of 6 MB, or null where this user may not mount one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    process.stderr.write('This user may not mount a small disk: the test of a full one is skipped.\n');
    return null;
  }
}

const disk = smallDisk();

describe('a full disk', () => {
  (disk === null ? test.skip : test)(
    'is said in one clear line, and the alert comes when there is room again',
    async () => {
      const folder = disk ?? '';
      await using server = await startFeedServer();
      const item = (title: string) => ({ title, guid: title, html: `<p>${title}, residents said.</p>` });
      server.publish('/rss', rssFeed({ title: 'Wire', items: [item('Budget vote')] }));
      const config = {
        feeds: [{ url: server.url('/rss'), every: '1s', fullText: false }],
        watches: [{ name: 'Idlib', query: 'Idlib', channels: ['terminal'] }],
      };
      await using tocsin = startTocsin({ folder, config });
      try {
        await tocsin.logged('feed baselined');
        fill(folder);
        server.publish(
          '/rss',
          rssFeed({ title: 'Wire', items: [item('Raid in Idlib'), item('Budget vote')] }),
        );
        await tocsin.logged('tick failed');
        const errors = tocsin.log().filter((event) => event.level === 'error');
        for (const { error } of errors) expect(error).toMatch(/The disk is full: free some space/);
        // At second 30 the maintenance may say it too.
        const ticks = errors.map((event) => event.tick);
        expect(new Set(ticks).size).toBe(ticks.length);
        expect(tocsin.stdout()).not.toContain('ALERT');
        rmSync(join(folder, 'filler'));
        await tocsin.until(() => tocsin.stdout().includes('ALERT'), 30_000);
        expect(tocsin.stdout().match(/── ALERT/g)).toHaveLength(1);
      } finally {
        await tocsin.stop();
        execFileSync('umount', [folder]);
        rmSync(folder, { recursive: true });
      }
    },
    90_000,
  );
});

function fill(folder: string): void {
  const chunk = Buffer.alloc(64 * 1024);
  for (;;) {
    try {
      writeFileSync(join(folder, 'filler'), chunk, { flag: 'a' });
    } catch {
      return;
    }
  }
}
