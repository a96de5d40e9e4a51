import { type Value, type Values, isAbsent, isObject } from "../values";

/** What a secret that nobody wrote here holds: credentials, as most do. */
const ANY_SECRET = JSON.stringify({ username: "offline", password: "offline" });

/**
 * Secrets that write-only arguments wrote, to be read back by ephemeral resources. They are kept in memory only.
 * What goes into the state is the form of a secret, so that a later run finds the keys that it reads: each value
 * in it is replaced.
 */
export class Secrets {
  private readonly bySecretId = new Map<string, string>();

  /** After a resource was made or changed: remembers its secret, and returns what the state keeps of it. */
  public written(type: string, config: Values, state: Values): Buffer | undefined {
    if (type !== "aws_secretsmanager_secret_version") return undefined;
    const secret = config.secret_string_wo ?? config.secret_string;
    if (typeof secret !== "string") return undefined;
    this.bySecretId.set(String(state.secret_id), secret);
    return Buffer.from(formOf(secret));
  }

  /** Before a resource is planned: what the state kept of its secret. */
  public recall(type: string, state: Values, kept: Uint8Array | undefined): void {
    const id = String(state.secret_id);
    if (type !== "aws_secretsmanager_secret_version" || !kept?.length || this.bySecretId.has(id)) return;
    this.bySecretId.set(id, Buffer.from(kept).toString("utf8"));
  }

  /** What opening an ephemeral resource gives; nothing for those whose values are made up. */
  public opened(type: string, config: Values): Values {
    if (type !== "aws_secretsmanager_secret_version") return {};
    return {
      secret_string: this.bySecretId.get(String(config.secret_id)) ?? ANY_SECRET,
      secret_binary: "",
      version_stage: isAbsent(config.version_stage) ? "AWSCURRENT" : config.version_stage!,
      version_stages: ["AWSCURRENT"],
    };
  }
}

function formOf(secret: string): string {
  try {
    const value = JSON.parse(secret) as Value;
    if (isObject(value)) {
      return JSON.stringify(Object.fromEntries(Object.keys(value).map((key) => [key, "offline"])));
    }
  } catch {
    // Not every secret is JSON.
  }
  return "offline";
}
