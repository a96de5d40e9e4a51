import { PropChecks, isKnown } from "../../../validation";
import { RequestPart } from "./text-comparison";

/** Bytes of a body that a balancer shows the firewall: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const BODY_LIMIT = 8192;

/** `/ADMIN/`, `/%61dmin/` and `/x/../admin/` are one path to most applications. */
export const PATH: RequestPart = {
  field: { uri_path: {} },
  transformations: ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"],
  check: (checks, prop, { exactly, startsWith }) => {
    for (const start of [exactly, startsWith]) {
      checks.matches(prop, start, /^\//, {
        allowed: "paths that begin with a slash, as all do",
        remedy: 'As in "/admin"; for what stands further on there are contains and endsWith.',
      });
    }
  },
};

export const QUERY_STRING: RequestPart = {
  field: { query_string: {} },
  transformations: ["URL_DECODE", "LOWERCASE"],
};

/** In methods case matters. */
export const METHOD: RequestPart = {
  field: { method: {} },
  transformations: ["NONE"],
  check: (checks, prop, { exactly }) => {
    checks.matches(prop, exactly, /^[A-Z]+$/, {
      allowed: "methods in capitals, as clients send them",
      remedy: 'As in "POST".',
    });
  },
};

/** Of a longer body the start is compared: blocking it would block every upload. */
export const BODY: RequestPart = {
  field: { body: { oversize_handling: "CONTINUE" } },
  transformations: ["URL_DECODE", "LOWERCASE"],
  limit: BODY_LIMIT,
};

export function header(name: string): RequestPart {
  return {
    // AWS answers in lower case, which would be a difference in every plan.
    field: { single_header: { name: isKnown(name) ? String(name).toLowerCase() : name } },
    transformations: ["LOWERCASE"],
    check: (checks, prop) => checkName(checks, prop, name, 40),
  };
}

export function cookie(name: string): RequestPart {
  return {
    field: {
      cookies: {
        match_pattern: { included_cookies: [name] },
        match_scope: "VALUE",
        oversize_handling: "CONTINUE",
      },
    },
    transformations: ["URL_DECODE", "LOWERCASE"],
    check: (checks, prop) => checkName(checks, prop, name, 60),
  };
}

function checkName(checks: PropChecks, prop: string, name: string, length: number): void {
  const rule = {
    allowed: `a name of 1 to ${length} letters, digits, hyphens and underscores`,
    remedy: "Write the name alone, as in x-api-key.",
  };
  checks.given(prop, name, rule.allowed, rule.remedy);
  checks.matches(prop, name, new RegExp(`^[\\w-]{1,${length}}$`), rule);
}
