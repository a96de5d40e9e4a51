import { PropChecks, isKnown } from "../validation";
import { EngineName } from "./engine";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html */
export function checkInstanceClass(
  checks: PropChecks,
  instanceClass: string | undefined,
  prop = "instanceClass",
): void {
  checks.matches(prop, instanceClass, /^db\.[a-z0-9-]+\.[a-z0-9.-]+$/, {
    allowed: "a class of instance, as in db.r8g.large",
    remedy: "Classes are listed by: aws rds describe-orderable-db-instance-options.",
  });
}

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html */
export function supportsPerformanceInsights(engine: EngineName, instanceClass: string): boolean {
  if (!isKnown(instanceClass) || engine === "postgres") return true;
  return !/^db\.t\d+g?\.(micro|small)$/.test(instanceClass);
}
