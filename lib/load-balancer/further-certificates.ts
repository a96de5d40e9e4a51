import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { Construct } from "constructs";
import { PropChecks, isKnown } from "../validation";
import { checkCertificateArn } from "./certificate";
import { Listener } from "./listener";
import { watchCertificate } from "./watching";

/** The certificates that a listener has besides its own, each by a key of somebody's own. */
export class FurtherCertificates {
  /** What the listener has a certificate for, by its ARN. */
  private readonly known = new Map<string, string>();

  /**
   * @param scope what they are made under
   * @param own ARN of the listener's own certificate, where it was given
   */
  public constructor(
    private readonly scope: Construct,
    private readonly listener: Listener,
    own: string | undefined,
  ) {
    if (own !== undefined) this.known.set(own, "certificateArn");
  }

  public add(key: string, certificateArn: string): LbListenerCertificate {
    const { listenerArn, listens, network, watchlist } = this.listener;
    const checks = new PropChecks(this.scope);
    checks.require(listens.protocol === "HTTPS", {
      prop: "additionalCertificates",
      value: certificateArn,
      allowed: "nothing with plainHttp",
      remedy: "Give the balancer a domain or certificateArn.",
    });
    checks.matches("additionalCertificates", key, /^[\w.-]+$/, {
      allowed: "keys of letters, digits, dots, hyphens and underscores",
      remedy: 'Call it by what it is for: { blog: "arn:aws:acm:…" }.',
    });
    const prop = `additionalCertificates.${key}`;
    checkCertificateArn(checks, prop, certificateArn, network.region);
    const twin = isKnown(certificateArn) ? this.known.get(certificateArn) : undefined;
    checks.require(twin === undefined, {
      prop,
      value: certificateArn,
      allowed: "a certificate that the listener does not have already",
      remedy: `It is ${twin} too. Remove one of them.`,
    });
    this.known.set(certificateArn, prop);
    watchlist.add(watchCertificate(certificateArn, key));
    return new LbListenerCertificate(this.place, key, { listenerArn, certificateArn });
  }

  private get place(): Construct {
    const id = "Certificates";
    return (this.scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(this.scope, id);
  }
}
