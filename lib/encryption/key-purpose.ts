/**
 * What a key may encrypt: a database's storage and Performance Insights, secrets, log groups, topics that alarms and
 * events are published to, or hosts' volumes.
 */
export type KeyPurpose = "database" | "secrets" | "logs" | "notifications" | "volumes";

/** All purposes, in the order in which keys and statements are made. */
export const KEY_PURPOSES: readonly KeyPurpose[] = [
  "database",
  "secrets",
  "logs",
  "notifications",
  "volumes",
];

/** What the console says of a key. */
export const KEY_DESCRIPTIONS: Readonly<Record<KeyPurpose, string>> = {
  database: "databases",
  secrets: "secrets",
  logs: "logs",
  notifications: "notifications",
  volumes: "volumes of hosts",
};
