import type { ModuleJson, PlanJson } from "../terraform-plan";

/**
 * Whether the configuration gives a resource an argument, whatever its value will be; undefined where the plan does
 * not say.
 */
export function isConfigured(plan: PlanJson, address: string, argument: string): boolean | undefined {
  const steps = address.replace(/\[[^\]]*\]/g, "").split(".");
  let place: ModuleJson | undefined = plan.configuration?.root_module;
  while (steps[0] === "module") {
    const [, name] = steps.splice(0, 2);
    place = place?.module_calls?.[name!]?.module;
  }
  const resource = place?.resources?.find((one) => one.address === steps.join("."));
  return resource && Object.hasOwn(resource.expressions ?? {}, argument);
}
