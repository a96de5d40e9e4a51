import { PropChecks, isKnown } from "../validation";
import { EngineFacts } from "./engine-facts";

export interface EngineVersionProps {
  /** RDS's name of the engine, which the families of its parameter groups start with. */
  readonly engine: string;
  readonly version: string;
  readonly facts: EngineFacts;
  /** What the engine's versions are called in messages. */
  readonly title: string;
  /** Form of a version, and how a message says it. */
  readonly form: RegExp;
  readonly formInWords: string;
  /** How an engine is written in a program: `DatabaseEngine.postgres`. */
  readonly factory: string;
  /** Family that was given, in place of the version's. */
  readonly parameterGroupFamily?: string;
}

/** A version of an engine, and the family of parameter groups that follows from it. */
export class EngineVersion {
  public constructor(private readonly props: EngineVersionProps) {}

  /** Family of the parameter group, as in `postgres17`. */
  public get parameterGroupFamily(): string {
    return this.props.parameterGroupFamily ?? `${this.props.engine}${this.majorVersion}`;
  }

  public check(checks: PropChecks): void {
    const { engine, version, title, form, formInWords, factory, parameterGroupFamily: family } = this.props;
    const { families } = this.props.facts;
    checks.matches("engine.parameterGroupFamily", family, new RegExp(`^${engine}\\d+(\\.\\d+)?$`), {
      allowed: `a family of ${engine}, as in ${engine}${families.at(-1)}`,
      remedy: `Families are listed by: aws rds describe-db-engine-versions --engine ${engine}.`,
    });
    if (family !== undefined) return;
    checks.require(isKnown(version) && form.test(version) && families.includes(this.majorVersion), {
      prop: "engine",
      value: version,
      allowed: `versions of ${title} ${families.join(", ")}, ${formInWords}`,
      remedy:
        `For another one, name the family of its parameter group: ` +
        `${factory}(version, { parameterGroupFamily: "${engine}…" }).`,
    });
  }

  private get majorVersion(): string {
    return majorVersion(this.props.version, this.props.facts);
  }
}

/** What of a version makes another family of parameter groups: `17` of 17.4, `8.4` of 8.4.3. */
export function majorVersion(version: string, { familyParts }: EngineFacts): string {
  return version.split(".").slice(0, familyParts).join(".");
}
