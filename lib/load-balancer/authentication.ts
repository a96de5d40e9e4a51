import { Token } from "cdktf";
import { PropChecks } from "../validation";
import { HTTP_TOKEN } from "./http-token";
import { Action } from "./rules/listener-rules";
import { WEEK } from "./seconds";

/** What happens to a request of somebody who has not signed in. */
export type OnUnauthenticatedRequest = "authenticate" | "allow" | "deny";

/** What can be chosen about signing in, whoever knows the users. */
export interface AuthenticationOptions {
  /**
   * What the identity provider is asked to tell, separated by spaces.
   *
   * @default "openid"
   */
  readonly scope?: string;

  /**
   * Seconds that a user stays signed in, 1 to 604800.
   *
   * @default 604800, a week
   */
  readonly sessionTimeout?: number;

  /**
   * Name of the balancer's cookie; applications behind one balancer that have users of their own need different
   * ones.
   *
   * @default "AWSELBAuthSessionCookie"
   */
  readonly sessionCookieName?: string;

  /**
   * What happens to requests of those who have not signed in: they are sent to sign in (`authenticate`), let
   * through (`allow`), or answered with 401 (`deny`).
   *
   * @default "authenticate"
   */
  readonly onUnauthenticatedRequest?: OnUnauthenticatedRequest;

  /**
   * Up to 10 query parameters for the identity provider's sign-in page, as in `{ prompt: "login" }`.
   *
   * @default - none
   */
  readonly extraParams?: Readonly<Record<string, string>>;
}

/** An identity provider that speaks OpenID Connect; its documents name these endpoints. */
export interface OidcOptions extends AuthenticationOptions {
  /** Who the identity provider says it is, as in `https://login.example.com`. */
  readonly issuer: string;
  /** Where users sign in; an HTTPS URL. */
  readonly authorizationEndpoint: string;
  /** Where the balancer gets tokens; an HTTPS URL that it reaches over IPv4. */
  readonly tokenEndpoint: string;
  /** Where the balancer asks about users; an HTTPS URL that it reaches over IPv4. */
  readonly userInfoEndpoint: string;
  /** Id that the identity provider gave the site. */
  readonly clientId: string;
  /**
   * Secret that the identity provider gave the site: a value known only after deploy, as of a sensitive
   * `TerraformVariable`, never a literal. Terraform keeps it in its state in the clear, since the provider has
   * no argument for it that is written only. Encrypt the state and let few read it, or take
   * `Authentication.cognito`, which needs no secret here.
   */
  readonly clientSecret: string;
}

/** A user pool of Cognito. */
export interface CognitoOptions extends AuthenticationOptions {
  /** ARN of the user pool. */
  readonly userPoolArn: string;
  /** Id of the user pool's client, which has to have a secret of its own and the code grant. */
  readonly userPoolClientId: string;
  /** Domain prefix of the user pool, or its own domain. */
  readonly userPoolDomain: string;
}

const MAX_EXTRA_PARAMS = 10;

/**
 * Who may use a site: the balancer has users sign in at an identity provider, and tells the application who they
 * are in headers (`x-amzn-oidc-data`). Needs HTTPS.
 *
 * The identity provider has to send users back to `https://<host>/oauth2/idpresponse`. The balancer asks it over
 * HTTPS and IPv4, which its firewall is opened for.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export class Authentication {
  /** Users of an identity provider that speaks OpenID Connect. */
  public static oidc(options: OidcOptions): Authentication {
    const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId, clientSecret } =
      options;
    return new Authentication(
      options,
      (common) => ({
        type: "authenticate-oidc",
        authenticateOidc: {
          issuer,
          authorizationEndpoint,
          tokenEndpoint,
          userInfoEndpoint,
          clientId,
          clientSecret,
          ...common,
        },
      }),
      (checks) => checkOidc(checks, options),
    );
  }

  /** Users of a user pool of Cognito. */
  public static cognito(options: CognitoOptions): Authentication {
    const { userPoolArn, userPoolClientId, userPoolDomain } = options;
    return new Authentication(
      options,
      (common) => ({
        type: "authenticate-cognito",
        authenticateCognito: { userPoolArn, userPoolClientId, userPoolDomain, ...common },
      }),
      (checks) => checkCognito(checks, options),
    );
  }

  private constructor(
    private readonly options: AuthenticationOptions,
    private readonly actionWith: (common: CommonArguments) => Action,
    private readonly checkOwn: (checks: PropChecks) => void,
  ) {}

  /** @internal */
  public get action(): Action {
    const { scope, sessionTimeout, sessionCookieName, onUnauthenticatedRequest, extraParams } = this.options;
    return this.actionWith({
      scope: scope ?? "openid",
      sessionTimeout: sessionTimeout ?? WEEK,
      sessionCookieName,
      onUnauthenticatedRequest: onUnauthenticatedRequest ?? "authenticate",
      authenticationRequestExtraParams: extraParams,
    });
  }

  /** @internal */
  public check(checks: PropChecks, isHttps: boolean): void {
    const {
      scope,
      sessionTimeout,
      sessionCookieName,
      onUnauthenticatedRequest,
      extraParams = {},
    } = this.options;
    checks.require(isHttps, {
      prop: "authenticate",
      value: "given",
      allowed: "nothing with plainHttp",
      remedy: "Users sign in over HTTPS only: give the balancer a domain or a certificateArn.",
    });
    this.checkOwn(checks);
    checks.matches("authenticate.scope", scope, /\S/, {
      allowed: "scopes, separated by spaces",
      remedy: 'Leave it out for "openid", or add to that: "openid email".',
    });
    const range = { min: 1, max: WEEK, unit: "seconds" };
    checks.integer("authenticate.sessionTimeout", sessionTimeout, range, "A day is 86400.");
    checks.matches("authenticate.sessionCookieName", sessionCookieName, HTTP_TOKEN, {
      allowed: "the name of a cookie",
      remedy: 'Use letters, digits and hyphens, as in "shop-session".',
    });
    const words: readonly OnUnauthenticatedRequest[] = ["authenticate", "allow", "deny"];
    const remedy = '"authenticate" sends people to sign in.';
    checks.oneOf("authenticate.onUnauthenticatedRequest", onUnauthenticatedRequest, words, remedy);
    checks.require(Object.keys(extraParams).length <= MAX_EXTRA_PARAMS, {
      prop: "authenticate.extraParams",
      value: extraParams,
      allowed: `up to ${MAX_EXTRA_PARAMS} parameters`,
      remedy: "Leave some out.",
    });
  }
}

interface CommonArguments {
  readonly scope: string;
  readonly sessionTimeout: number;
  readonly sessionCookieName?: string;
  readonly onUnauthenticatedRequest: string;
  readonly authenticationRequestExtraParams?: Record<string, string>;
}

function checkOidc(checks: PropChecks, options: OidcOptions): void {
  for (const name of ["issuer", "authorizationEndpoint", "tokenEndpoint", "userInfoEndpoint"] as const) {
    const rule = {
      allowed: "an HTTPS URL, as in https://login.example.com/token",
      remedy: "Identity providers name theirs in /.well-known/openid-configuration.",
    };
    checks.given(`authenticate.${name}`, options[name], rule.allowed, rule.remedy);
    checks.matches(`authenticate.${name}`, options[name], /^https:\/\/[^\s/]+/, rule);
  }
  const { clientId, clientSecret } = options;
  const remedy = "The identity provider gives it when the site is registered there.";
  checks.given("authenticate.clientId", clientId, "the site's id at the identity provider", remedy);
  checks.require(clientSecret !== undefined && Token.isUnresolved(clientSecret), {
    prop: "authenticate.clientSecret",
    // Errors end up in logs.
    value: clientSecret === undefined ? undefined : "a literal",
    allowed: "a value known only after deploy, since a literal would be in the source",
    remedy: "Pass the value of a TerraformVariable that is sensitive, or take Authentication.cognito.",
  });
}

function checkCognito(checks: PropChecks, options: CognitoOptions): void {
  checks.arn("authenticate.userPoolArn", options.userPoolArn, "cognito-idp", "userpool");
  for (const name of ["userPoolArn", "userPoolClientId", "userPoolDomain"] as const) {
    const remedy = "User pools, their clients and domains are listed in the Cognito console.";
    checks.given(`authenticate.${name}`, options[name], "what the user pool has", remedy);
  }
  checks.matches("authenticate.userPoolDomain", options.userPoolDomain, /^[a-z0-9][a-z0-9.-]*$/, {
    allowed: "a domain prefix, as in my-shop, or a domain, as in login.example.com",
    remedy: "Write it without https:// and, where it is one of Cognito's, without its ending.",
  });
}

/** What is done with requests, after users have signed in where they have to. */
export function actionsOf(authentication: Authentication | undefined, action: Action): Action[] {
  // AWS wants an order where there are several; a single one goes without, as it always did.
  return authentication
    ? [
        { ...authentication.action, order: 1 },
        { ...action, order: 2 },
      ]
    : [action];
}
