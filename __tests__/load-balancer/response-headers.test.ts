import { LoadBalancerProps } from "../../lib";
import { DOMAIN, testBalancer } from "../support/balancer";

function headers(props: Partial<LoadBalancerProps>): Record<string, unknown> {
  const { balancer, tf } = testBalancer(props);
  const prefix = "routing_http_response_";
  return Object.fromEntries(
    Object.entries(tf().of(balancer.listener))
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length).replace("_header_value", ""), value]),
  );
}

describe("response headers", () => {
  it("keep browsers on HTTPS and from guessing types, and don't name the server", () => {
    expect(headers({})).toEqual({
      server_enabled: false,
      strict_transport_security: "max-age=31536000",
      x_content_type_options: "nosniff",
    });
  });

  it("say nothing of HTTPS where there is none", () => {
    expect(headers({ plainHttp: true })).toEqual({
      server_enabled: false,
      x_content_type_options: "nosniff",
    });
  });

  it("are those of the listener that answers, not of the one that sends clients to it", () => {
    const { balancer, tf } = testBalancer({ domain: DOMAIN });
    expect(Object.keys(tf().of(balancer.redirectListener!)).filter((name) => /^routing/.test(name))).toEqual(
      [],
    );
  });

  it("hold for names below the site's, and in browsers that ship with them, on request", () => {
    const strictTransportSecurity = { maxAge: 63_072_000, includeSubDomains: true, preload: true };
    expect(headers({ responseHeaders: { strictTransportSecurity } }).strict_transport_security).toBe(
      "max-age=63072000; includeSubDomains; preload",
    );
  });

  it("can each be left to the application", () => {
    const responseHeaders = { strictTransportSecurity: false, noSniff: false, server: true } as const;
    expect(headers({ responseHeaders })).toEqual({ server_enabled: true });
  });

  it("say on request who may frame the site, what it may load, and whose pages may call it", () => {
    const responseHeaders = {
      frameOptions: "SAMEORIGIN",
      contentSecurityPolicy: "default-src 'self'",
      cors: {
        allowOrigin: "https://www.example.com",
        allowMethods: ["GET", "POST"],
        allowHeaders: ["Content-Type", "X-Request-Id"],
        exposeHeaders: ["*"],
        allowCredentials: true,
        maxAge: 600,
      },
    } as const;
    expect(headers({ responseHeaders })).toMatchObject({
      x_frame_options: "SAMEORIGIN",
      content_security_policy: "default-src 'self'",
      access_control_allow_origin: "https://www.example.com",
      access_control_allow_methods: "GET,POST",
      access_control_allow_headers: "Content-Type,X-Request-Id",
      access_control_expose_headers: "*",
      access_control_allow_credentials: "true",
      access_control_max_age: "600",
    });
  });
});
