import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';

/** Jest's transformer: the same type stripping that `node src/main.ts` does, so tests run what production runs. */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, path) =>
    createHash('sha256').update(source).update(path).update(process.version).digest('hex'),
};
