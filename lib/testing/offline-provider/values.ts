import { Decoder, Encoder, ExtensionCodec } from "@msgpack/msgpack";

/** What will be known only after apply. */
class Unknown {
  public toJSON(): string {
    return "(unknown)";
  }
}

export const UNKNOWN = new Unknown();

/** A value as Terraform sends it: JSON, and what is not known yet. */
export type Value = null | boolean | number | string | Uint8Array | Unknown | Value[] | Values;
export interface Values {
  [name: string]: Value;
}

/** A value on the wire; providers may send either form. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

// Terraform's two extension types: unknown, and unknown of which something is known.
const codec = new ExtensionCodec();
codec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
codec.register({ type: 12, encode: () => null, decode: () => UNKNOWN });
const encoder = new Encoder({ extensionCodec: codec });
const decoder = new Decoder({ extensionCodec: codec });

export function decode(message: DynamicValue | null | undefined): Value {
  if (message?.msgpack?.length) return decoder.decode(message.msgpack) as Value;
  if (message?.json?.length) return JSON.parse(Buffer.from(message.json).toString("utf8")) as Value;
  return null;
}

export function encode(value: Value): DynamicValue {
  return { msgpack: encoder.encode(value) };
}

export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof Unknown;
}

export function isAbsent(value: Value | undefined): value is null | undefined {
  return value === null || value === undefined;
}

/** An object or map, not a list. */
export function isObject(value: Value | undefined): value is Values {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Uint8Array)
  );
}

/** A text that equal values have in common, whatever the order of their keys. */
export function fingerprint(value: Value | undefined): string {
  return JSON.stringify(value ?? null, (_, part: Value) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
