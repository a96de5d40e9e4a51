import { Severity } from "./alarm-rule";

export interface AlarmWords {
  readonly kind: string;
  readonly severity: Severity;
  readonly meaning: string;
  readonly runbook: string;
}

/** What an alarm says of itself, in e-mails too: how urgent it is, what it means, and where it says what to do. */
export function alarmDescription({ kind, severity, meaning, runbook }: AlarmWords): string {
  return `[${severity}] ${meaning} What to do: ${runbook}#${kind}`;
}
