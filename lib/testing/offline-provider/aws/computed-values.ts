import type { Change } from "../planning";
import { UNKNOWN, type Value, type Values, isAbsent } from "../values";

/** What the provider knows of computed attributes when it plans to make a resource, though AWS will choose them. */
type Computed = (planned: Values) => Values | undefined;

const COMPUTED: Readonly<Record<string, Computed>> = {
  // One record for each name, of which the name is known: configurations look them up by it.
  aws_acm_certificate: (planned) => {
    const alternatives = (planned.subject_alternative_names ?? []) as Value[];
    if (planned.validation_method !== "DNS" || isAbsent(planned.domain_name)) return undefined;
    const names = [...new Set([planned.domain_name!, ...(Array.isArray(alternatives) ? alternatives : [])])];
    return {
      domain_validation_options: names.map((name) => ({
        domain_name: name,
        resource_record_name: UNKNOWN,
        resource_record_type: UNKNOWN,
        resource_record_value: UNKNOWN,
      })),
    };
  },
};

/** Planned values, with those that depend on others in ways no schema tells. */
export function withComputedValues(type: string, { prior }: Change, planned: Values): Values {
  const computed = prior === null ? COMPUTED[type]?.(planned) : undefined;
  return computed === undefined ? planned : { ...planned, ...computed };
}
