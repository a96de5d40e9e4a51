import { TerraformStack, TerraformVariable } from "cdktf";
import { Authentication } from "../../lib";
import { reference } from "../support/synth";
import { OIDC, testBalancer } from "../support/balancer";

const secret = (stack: TerraformStack) =>
  new TerraformVariable(stack, "secret", { type: "string", sensitive: true }).stringValue;
const oidc = (clientSecret: string) =>
  Authentication.oidc({
    ...OIDC,
    clientSecret,
    extraParams: { prompt: "login" },
  });
const cognito = Authentication.cognito({
  userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
  userPoolClientId: "1example23456789",
  userPoolDomain: "my-shop",
  sessionTimeout: 3600,
  sessionCookieName: "admin-session",
  onUnauthenticatedRequest: "deny",
});

describe("Authentication", () => {
  it("has users sign in at an OpenID provider before a rule's target gets their requests", () => {
    const { stack, balancer, target, tf } = testBalancer();
    const authenticate = oidc(secret(stack));
    const rule = balancer.addTargets("Admin", { target, paths: ["/admin/*"], authenticate });
    expect(tf().of(rule.rule).action).toEqual([
      {
        type: "authenticate-oidc",
        order: 1,
        authenticate_oidc: {
          issuer: "https://login.example.com",
          authorization_endpoint: "https://login.example.com/authorize",
          token_endpoint: "https://login.example.com/token",
          user_info_endpoint: "https://login.example.com/userinfo",
          client_id: "shop",
          client_secret: "${var.secret}",
          scope: "openid",
          session_timeout: 604800,
          on_unauthenticated_request: "authenticate",
          authentication_request_extra_params: { prompt: "login" },
        },
      },
      { type: "forward", order: 2, target_group_arn: reference(rule.targetGroup.targetGroup, "arn") },
    ]);
  });

  it("has users sign in at Cognito before anything that forwardTo says", () => {
    const { balancer, target, tf } = testBalancer({ authenticate: cognito });
    const types = () =>
      tf()
        .of(balancer.listener)
        .default_action.map((action: any) => action.type);
    expect(types()).toEqual(["authenticate-cognito", "fixed-response"]);
    balancer.forwardTo(target);
    expect(types()).toEqual(["authenticate-cognito", "forward"]);
    expect(tf().of(balancer.listener).default_action[0].authenticate_cognito).toMatchObject({
      user_pool_domain: "my-shop",
      session_timeout: 3600,
      session_cookie_name: "admin-session",
      on_unauthenticated_request: "deny",
    });
  });

  it("lets the balancer out to identity providers, once, and no balancer without it", () => {
    const out = (tf: ReturnType<typeof testBalancer>["tf"]) =>
      Object.values(tf().resources("aws_vpc_security_group_egress_rule")).map((rule) => [
        rule.cidr_ipv4,
        rule.from_port,
      ]);
    const { balancer, target, tf } = testBalancer({ authenticate: cognito });
    balancer.addTargets("Admin", { target, paths: ["/admin/*"], authenticate: cognito });
    expect(out(tf)).toEqual([
      ["10.9.0.0/24", 8080],
      ["0.0.0.0/0", 443],
    ]);
    const open = testBalancer();
    open.balancer.addTargets("Admin", { target, paths: ["/admin/*"] });
    expect(out(open.tf)).toEqual([["10.9.0.0/24", 8080]]);
  });
});
