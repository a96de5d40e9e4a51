import { Fn, Token } from "cdktf";
import { fragments, literal } from "../../expressions";

/**
 * Environment variables as a file for systemd's `EnvironmentFile=`. Values are quoted; those known only after
 * deploy are escaped by Terraform, the others here.
 *
 * Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=
 */
export function environmentFile(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}="${escape(value)}"\n`)
    .join("");
}

// Within double quotes systemd gives meaning to these four only.
const SPECIAL = /[\\"$`]/g;

function escape(value: string): string {
  return fragments(value)
    .map((part) =>
      Token.isUnresolved(part)
        ? Fn.replace(part, literal(`/(${SPECIAL.source})/`), literal("\\$1"))
        : part.replace(SPECIAL, "\\$&"),
    )
    .join("");
}
