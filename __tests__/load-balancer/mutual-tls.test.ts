import { MutualTls } from "../../lib";
import { testBalancer } from "../support/balancer";
import { reference } from "../support/synth";

const trustStoreArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/shop/0123456789abcdef";

function listener(mutualTls?: MutualTls) {
  const { balancer, tf } = testBalancer({ mutualTls });
  const json = tf();
  return { balancer, json, mutual: json.of(balancer.listener).mutual_authentication };
}

describe("mutual TLS", () => {
  it("is nothing until it is asked for, and ends when that is said", () => {
    expect(listener().mutual).toBeUndefined();
    expect(listener(MutualTls.off()).mutual).toEqual({ mode: "off" });
  });

  it("verifies clients by a trust store that exists", () => {
    const { mutual, json } = listener(MutualTls.verify({ trustStoreArn, advertiseCaNames: true }));
    expect(mutual).toEqual({
      mode: "verify",
      trust_store_arn: trustStoreArn,
      ignore_client_certificate_expiry: false,
      advertise_trust_store_ca_names: "on",
    });
    expect(json.count("aws_lb_trust_store")).toBe(0);
  });

  it("verifies clients by certificates of authorities, and by what was revoked", () => {
    const { balancer, json, mutual } = listener(
      MutualTls.verify({
        caBundle: { bucket: "authorities", key: "ca.pem", version: "v1" },
        revocations: { partners: { bucket: "authorities", key: "partners.crl" } },
        ignoreExpiry: true,
      }),
    );
    expect(json.of(balancer.trustStore!)).toMatchObject({
      ca_certificates_bundle_s3_bucket: "authorities",
      ca_certificates_bundle_s3_key: "ca.pem",
      ca_certificates_bundle_s3_object_version: "v1",
      lifecycle: { create_before_destroy: true },
    });
    expect(json.only("aws_lb_trust_store_revocation")).toMatchObject({
      trust_store_arn: reference(balancer.trustStore!, "arn"),
      revocations_s3_bucket: "authorities",
      revocations_s3_key: "partners.crl",
    });
    expect(mutual).toMatchObject({
      mode: "verify",
      trust_store_arn: reference(balancer.trustStore!, "arn"),
      ignore_client_certificate_expiry: true,
      advertise_trust_store_ca_names: "off",
    });
  });

  it("leaves the verifying to the application on request", () => {
    expect(listener(MutualTls.passthrough()).mutual).toEqual({ mode: "passthrough" });
  });
});
