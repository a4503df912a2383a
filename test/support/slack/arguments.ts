import { asText, isObject, type Json, parseJson } from './json.ts';
import { Refusal, refusalBecause } from './refusal.ts';

/** Arguments of a call: strings when it was form-encoded, anything when it was JSON. */
export type Args = Json;

/** A required argument. Throws `invalid_arguments`. */
export function required(args: Args, name: string): string {
  const value = asText(args[name]);
  if (value !== '') return value;
  throw refusalBecause('invalid_arguments', [
    `[ERROR] missing required field: ${name} [json-pointer:/${name}]`,
  ]);
}

/** A flag: `true`, "true" and "1" are on, absent is `otherwise`. */
export function flag(args: Args, name: string, otherwise = false): boolean {
  const value = args[name];
  if (value === undefined) return otherwise;
  return value === true || value === 1 || value === 'true' || value === '1';
}

/** A number, as JSON or as text; `otherwise` when absent. Throws the given error when it is none. */
export function whole(args: Args, name: string, otherwise: number, error: string): number {
  const value = args[name];
  if (value === undefined || value === '') return otherwise;
  const number = Number(value);
  if (!Number.isInteger(number)) throw new Refusal(error);
  return number;
}

/** An argument that is JSON: already parsed, or as text. Undefined when absent; throws the given error. */
export function json(args: Args, name: string, error: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value;
  const parsed = parseJson(value);
  if (parsed === undefined) throw new Refusal(error);
  return parsed;
}

/** The blocks of a call: undefined when it has none. Throws `invalid_blocks_format`. */
export function blocksOf(args: Args): Json[] | undefined {
  const blocks = json(args, 'blocks', 'invalid_blocks_format');
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks) || !blocks.every(isObject)) throw new Refusal('invalid_blocks_format');
  return blocks;
}

/** The metadata of a call: undefined when it has none, null when it is the empty object that removes it. */
export function metadataOf(args: Args): Json | null | undefined {
  const metadata = json(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (!isObject(metadata)) throw new Refusal('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return null;
  if (asText(metadata.event_type) === '' || !isObject(metadata.event_payload)) {
    throw new Refusal('invalid_metadata_format');
  }
  return metadata;
}
