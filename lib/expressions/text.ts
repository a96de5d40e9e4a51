import { Fn, Token, Tokenization } from "cdktf";

/**
 * A literal text as an argument of a Terraform function, byte by byte as it is: `Fn.rawString` alone leaves
 * backslashes, carriage returns and `%{` to Terraform's own reading.
 */
export function literal(text: string): string {
  return Fn.rawString(text.replaceAll("\\", "\\\\").replaceAll("\r", "\\r").replaceAll("%{", "%%{"));
}

/** The literal parts of a text and its tokens, in order. */
export function fragments(text: string): readonly string[] {
  if (!Token.isUnresolved(text)) return [text];
  const collect = {
    join: (left: unknown, right: unknown) => [...(Array.isArray(left) ? left : [left]), right],
  };
  return [Tokenization.reverseString(text).join(collect)].flat();
}

/** A text with tokens as one Terraform expression that yields it unharmed. */
export function concatenate(text: string): string {
  return Fn.join(
    "",
    fragments(text).map((part) => (Token.isUnresolved(part) ? part : literal(part))),
  );
}

/** A text in Base64, encoded now if it is known, else by Terraform. */
export function base64(text: string): string {
  return Token.isUnresolved(text)
    ? Fn.base64encode(concatenate(text))
    : Buffer.from(text, "utf8").toString("base64");
}

/**
 * A text compressed by gzip, in Base64. Terraform does it, whose output does not depend on the Node.js that
 * synthesizes.
 */
export function gzippedBase64(text: string): string {
  return Fn.base64gzip(concatenate(text));
}

/** What of a text is known now. */
export function knownText(text: string): string {
  return fragments(text)
    .filter((part) => !Token.isUnresolved(part))
    .join("");
}

/** Bytes of a text that are known now. */
export function literalLength(text: string): number {
  return Buffer.byteLength(knownText(text));
}

/** A number as text; a number token inside a template string would print garbage. */
export function numberText(value: number): string {
  return Token.isUnresolved(value) ? Token.asString(value) : String(value);
}

/** A literal text as an argument that is no function's: what Terraform would take for an expression is escaped. */
export function escapeTemplate(text: string): string {
  return Token.isUnresolved(text) ? text : text.replace(/[$%](?=\{)/g, (character) => character + character);
}
