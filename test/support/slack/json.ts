/** A JSON object as it came over the wire: nothing about its members is known. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object (not a list, not null). */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is anything else. */
export function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The value as a list; an empty one when it is anything else. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; an empty list when the value is anything else. */
export function asObjects(value: unknown): Json[] {
  return asList(value).filter(isObject);
}

/** The value as a string; the empty one when it is anything else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What a text says as JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
