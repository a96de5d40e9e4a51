import { IConnectable } from "../firewall";
import { IWatchable } from "../monitoring";
import { INetwork } from "../network";
import { IpAddressType } from "./placement";
import { ListenerPort } from "./rules/redirect";
import { LoadBalancerThresholds } from "./watching";

/** The listener that takes a balancer's requests, as rules and target groups need to know it. */
export interface Listener extends IConnectable, IWatchable<LoadBalancerThresholds> {
  readonly listenerArn: string;
  /** What it answers. */
  readonly listens: ListenerPort;
  /** Over which addresses clients reach it; it reaches targets over IPv6 only where clients do. */
  readonly ipAddressType: IpAddressType;
  /** Whether clients may use HTTP/2; undefined where that is not known. */
  readonly http2?: boolean;
  /** The end of the balancer's ARN, as CloudWatch names it: `app/web-1234/50dc6c495c0c9188`. */
  readonly loadBalancerArnSuffix: string;
  /** Where targets are. */
  readonly network: INetwork;
}
