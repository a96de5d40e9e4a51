/** Stands in a plan for a value that Terraform knows only after apply. */
export const KNOWN_AFTER_APPLY = "(known after apply)";

/** Stands in a plan for a value that Terraform keeps from being shown. */
export const SENSITIVE_VALUE = "(sensitive value)";
