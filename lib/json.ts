/** An object of JSON: members by name. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value read from JSON is an object: not null, and no list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/**
 * Reads JSON from a file that may begin with a byte order mark, as editors on Windows write it.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ""));
}
