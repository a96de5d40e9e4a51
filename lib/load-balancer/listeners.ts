import {
  LbListener,
  LbListenerConfig,
  LbListenerMutualAuthentication,
} from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import { nameTag } from "../naming";
import { LoadBalancerProps } from "./load-balancer-props";
import { responseHeaders } from "./response-headers";
import { ListenerPort } from "./rules/redirect";
import { DEFAULT_TLS_POLICY } from "./tls-policy";

/** What a balancer has that its listeners need. */
export interface ListenerParts {
  readonly loadBalancerArn: string;
  /** ARN of the certificate, with HTTPS. */
  readonly certificateArn?: string;
  readonly mutualAuthentication?: LbListenerMutualAuthentication;
}

/** What the listener that answers speaks. */
export function listenerPort({ plainHttp }: LoadBalancerProps): ListenerPort {
  return plainHttp ? { port: 80, protocol: "HTTP" } : { port: 443, protocol: "HTTPS" };
}

/** The listener that answers; what it does is said later. */
export function createListener(scope: Construct, props: LoadBalancerProps, parts: ListenerParts): LbListener {
  const { loadBalancerArn, certificateArn, mutualAuthentication } = parts;
  const common: LbListenerConfig = {
    loadBalancerArn,
    ...listenerPort(props),
    defaultAction: [],
    ...responseHeaders(props.responseHeaders ?? {}, !props.plainHttp),
    tags: nameTag(scope),
  };
  if (props.plainHttp) return new LbListener(scope, "Http", common);
  return new LbListener(scope, "Https", {
    ...common,
    sslPolicy: props.tlsPolicy ?? DEFAULT_TLS_POLICY,
    certificateArn,
    mutualAuthentication,
  });
}

/** A listener on port 80 that sends clients to another one, over HTTPS. */
export function createRedirect(scope: Construct, loadBalancerArn: string, to: LbListener): LbListener {
  return new LbListener(scope, "Http", {
    loadBalancerArn,
    port: 80,
    protocol: "HTTP",
    defaultAction: [
      { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
    ],
    tags: nameTag(scope),
    // Nobody is sent to HTTPS before somebody answers there.
    dependsOn: [to],
  });
}
