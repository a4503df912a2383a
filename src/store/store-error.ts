/** The store can't be opened. The message says why and what to do. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** SQLite's result codes for a full disk and for a failed read or write (sqlite.org/rescode.html). */
const SQLITE_FULL = 13;
const SQLITE_IOERR = 10;

/** What to do when the error says that the store itself can't work now; null for any other error. */
export function storeTrouble(error: unknown): string | null {
  const { errcode, code } = error as { errcode?: number; code?: string };
  if (errcode === SQLITE_FULL || code === '53100')
    return 'The disk is full: free some space; nothing is lost, and it goes on by itself';
  if (errcode !== undefined && (errcode & 0xff) === SQLITE_IOERR) {
    return 'The data folder can not be read or written: check the disk; it goes on by itself';
  }
  if (isServerAway(code, (error as { message?: string }).message ?? '')) {
    return 'PostgreSQL does not answer: check the server of DATABASE_URL; it goes on by itself';
  }
  return null;
}

/** SQLSTATE classes 08 (connection), 53 (resources) and 57 (shut down), PostgreSQL appendix A; or pg's own words. */
function isServerAway(code: string | undefined, message: string): boolean {
  if (code !== undefined && /^(08|53|57)...$|^25P03$/.test(code)) return true;
  if (code !== undefined && /^(ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)/.test(code))
    return true;
  return /^Connection terminated|timeout exceeded when trying to connect|^Query read timeout|is not queryable$/.test(
    message,
  );
}
