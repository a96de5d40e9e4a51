import { Fn, Token } from "cdktf";
import { escapeTemplate, literalLength } from "../../../expressions";
import { PropChecks, isKnown } from "../../../validation";
import { MatchLeaf, StatementBlock } from "./match-leaf";

const TRANSFORMATIONS = [
  "NONE",
  "BASE64_DECODE",
  "BASE64_DECODE_EXT",
  "CMD_LINE",
  "COMPRESS_WHITE_SPACE",
  "CSS_DECODE",
  "ESCAPE_SEQ_DECODE",
  "HEX_DECODE",
  "HTML_ENTITY_DECODE",
  "JS_DECODE",
  "LOWERCASE",
  "MD5",
  "NORMALIZE_PATH",
  "NORMALIZE_PATH_WIN",
  "REMOVE_NULLS",
  "REPLACE_COMMENTS",
  "REPLACE_NULLS",
  "SQL_HEX_DECODE",
  "URL_DECODE",
  "URL_DECODE_UNI",
  "UTF8_TO_UNICODE",
] as const;

/**
 * What is done to a part of a request before it is compared.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html
 */
export type TextTransformation = (typeof TRANSFORMATIONS)[number];

/** What a part of a request is compared with: exactly one of these. */
export interface TextComparison {
  /** The whole of it, 1 to 200 bytes. */
  readonly exactly?: string;
  /** Its start, 1 to 200 bytes. */
  readonly startsWith?: string;
  /** Its end, 1 to 200 bytes. */
  readonly endsWith?: string;
  /** Text anywhere in it, 1 to 200 bytes. */
  readonly contains?: string;
  /** Text in it with no letter, digit or underscore beside it: 1 to 200 letters, digits and underscores. */
  readonly containsWord?: string;
  /** A regular expression that matches somewhere in it, 1 to 512 characters; in lower case where that is compared. */
  readonly regex?: string;
  /** What looks like an injection of SQL; `"high"` finds more, false positives too. */
  readonly sqlInjection?: "low" | "high";
  /** What looks like cross-site scripting. */
  readonly crossSiteScripting?: true;
  /** More than so many bytes; of a body up to 8192, as a balancer shows the firewall no more of it. */
  readonly largerThan?: number;

  /**
   * What is done first, in this order. With `"LOWERCASE"` the text that is looked for is taken in lower case too.
   *
   * @default - what keeps other spellings of the same from slipping through: decoded, without `..` and `//` in
   * paths, and in lower case; as it is for `largerThan` and methods
   */
  readonly transformations?: readonly TextTransformation[];
}

/** A part of a request that can be compared. */
export interface RequestPart {
  /** The part, as the provider has it. */
  readonly field: StatementBlock;
  /** How text is compared where nothing is said. */
  readonly transformations: readonly TextTransformation[];
  /** Bytes of it that the firewall sees. @default - all */
  readonly limit?: number;
  /** Refuses a part that AWS can't find, and comparisons that it never meets. */
  readonly check?: (checks: PropChecks, prop: string, comparison: TextComparison) => void;
}

const POSITIONS = {
  exactly: "EXACTLY",
  startsWith: "STARTS_WITH",
  endsWith: "ENDS_WITH",
  contains: "CONTAINS",
  containsWord: "CONTAINS_WORD",
} as const;
const TEXTS = Object.keys(POSITIONS) as (keyof typeof POSITIONS)[];
const KINDS = [...TEXTS, "regex", "sqlInjection", "crossSiteScripting", "largerThan"] as const;
type Kind = (typeof KINDS)[number];

/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html */
const CAPACITIES: Readonly<Record<Kind, number>> = {
  exactly: 2,
  startsWith: 2,
  endsWith: 2,
  contains: 10,
  containsWord: 10,
  regex: 3,
  sqlInjection: 20,
  crossSiteScripting: 40,
  largerThan: 1,
};
const HIGH_SENSITIVITY_CAPACITY = 30;

/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const MAX_TEXT = 200;
/** https://docs.aws.amazon.com/waf/latest/APIReference/API_RegexMatchStatement.html */
const MAX_REGEX = 512;
const MAX_SIZE = 2_147_483_647;

/** A part of a request, compared with something. */
export class ComparedText implements MatchLeaf {
  public constructor(
    private readonly part: RequestPart,
    private readonly comparison: TextComparison,
  ) {}

  public get capacity(): number {
    return this.comparison.sqlInjection === "high" ? HIGH_SENSITIVITY_CAPACITY : CAPACITIES[this.kind];
  }

  public get transformed() {
    const count = this.transformations.filter((one) => one !== "NONE").length;
    return { key: JSON.stringify([this.part.field, this.transformations]), count };
  }

  public check(checks: PropChecks, prop: string): void {
    checks.group(prop, this.comparison, 'As in { startsWith: "/admin/" }.');
    const given = KINDS.filter((kind) => this.comparison?.[kind] !== undefined);
    checks.require(given.length === 1, {
      prop,
      value: this.comparison,
      allowed: `one of ${KINDS.join(", ")}`,
      remedy: "Combine several by and() or or().",
    });
    this.part.check?.(checks, prop, this.comparison);
    this.checkTransformations(checks, prop);
    for (const kind of TEXTS) this.checkText(checks, `${prop}.${kind}`, this.comparison[kind]);
    this.checkWord(checks, prop);
    this.checkRegex(checks, prop);
    checks.oneOf(`${prop}.sqlInjection`, this.comparison.sqlInjection, ["low", "high"], '"low" suits most.');
    const { limit = MAX_SIZE } = this.part;
    const range = { min: 0, max: limit, unit: "bytes" };
    const remedy = "Beyond that the firewall can't tell sizes apart.";
    checks.integer(`${prop}.largerThan`, this.comparison.largerThan, range, remedy);
  }

  public statement(): StatementBlock {
    const { kind, comparison, comparesLowerCase } = this;
    const common = {
      field_to_match: this.part.field,
      text_transformation: this.transformations.map((type, priority) => ({ priority, type })),
    };
    if (kind === "regex")
      return { regex_match_statement: { regex_string: escapeTemplate(comparison.regex!), ...common } };
    if (kind === "sqlInjection") {
      const level = comparison.sqlInjection!.toUpperCase();
      return { sqli_match_statement: { sensitivity_level: level, ...common } };
    }
    if (kind === "crossSiteScripting") return { xss_match_statement: common };
    if (kind === "largerThan") return this.sizeStatement(common);
    const text = comparison[kind]!;
    return {
      byte_match_statement: {
        positional_constraint: POSITIONS[kind],
        search_string: escapeTemplate(comparesLowerCase ? lowerCase(text) : text),
        ...common,
      },
    };
  }

  private get kind(): Kind {
    return KINDS.find((kind) => this.comparison[kind] !== undefined)!;
  }

  private get transformations(): readonly TextTransformation[] {
    const { transformations } = this.comparison;
    if (transformations !== undefined) return transformations;
    if (this.kind === "largerThan") return ["NONE"];
    // Signs of both are recognized in either case, but not behind entities.
    const attack = this.kind === "sqlInjection" || this.kind === "crossSiteScripting";
    return attack ? ["URL_DECODE", "HTML_ENTITY_DECODE"] : this.part.transformations;
  }

  private get comparesLowerCase(): boolean {
    return this.transformations.includes("LOWERCASE");
  }

  /** A longer body than the firewall sees is larger than all that can be asked for. */
  private sizeStatement(common: StatementBlock): StatementBlock {
    const field = "body" in this.part.field ? { body: { oversize_handling: "MATCH" } } : this.part.field;
    const { largerThan: size } = this.comparison;
    return {
      size_constraint_statement: { comparison_operator: "GT", size, ...common, field_to_match: field },
    };
  }

  private checkTransformations(checks: PropChecks, prop: string): void {
    const { transformations } = this.comparison;
    checks.list(`${prop}.transformations`, transformations, 'As in ["URL_DECODE", "LOWERCASE"].');
    checks.require(transformations === undefined || transformations.length > 0, {
      prop: `${prop}.transformations`,
      value: transformations,
      allowed: "at least one transformation",
      remedy: 'Leave it out for the default, or write ["NONE"].',
    });
    for (const transformation of transformations ?? []) {
      const remedy = "They are written as AWS writes them.";
      checks.oneOf(`${prop}.transformations`, transformation, TRANSFORMATIONS, remedy);
    }
  }

  private checkText(checks: PropChecks, prop: string, text: string | undefined): void {
    if (!isKnown(text)) return;
    const length = typeof text === "string" ? literalLength(text) : 0;
    checks.require(length > 0 && length <= MAX_TEXT, {
      prop,
      value: text,
      allowed: `a text of 1 to ${MAX_TEXT} bytes`,
      remedy: "Shorten it, or leave the comparison out.",
    });
  }

  private checkWord(checks: PropChecks, prop: string): void {
    checks.matches(`${prop}.containsWord`, this.comparison.containsWord, /^\w+$/, {
      allowed: "letters, digits and underscores",
      remedy: "For other texts there is contains.",
    });
  }

  private checkRegex(checks: PropChecks, prop: string): void {
    const { regex } = this.comparison;
    checks.matches(`${prop}.regex`, regex, new RegExp(`^.{1,${MAX_REGEX}}$`, "s"), {
      allowed: `a regular expression of 1 to ${MAX_REGEX} characters`,
      remedy: "Write it as text, without slashes around it.",
    });
    if (!isKnown(regex) || !this.comparesLowerCase) return;
    // Escapes as \D and \S are no capitals.
    checks.require(!/[A-Z]/.test(regex.replace(/\\./g, "")), {
      prop: `${prop}.regex`,
      value: regex,
      allowed: "no capitals where text is compared in lower case, since they match nothing",
      remedy: "Write it in lower case, or name transformations without LOWERCASE.",
    });
  }
}

function lowerCase(text: string): string {
  return Token.isUnresolved(text) ? Fn.lower(text) : text.toLowerCase();
}
