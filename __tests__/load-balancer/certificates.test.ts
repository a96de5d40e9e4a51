import { CERTIFICATE, testBalancer } from "../support/balancer";
import { reference } from "../support/synth";

const blog = CERTIFICATE.replace("1234abcd", "blog");
const wiki = CERTIFICATE.replace("1234abcd", "wiki");

describe("further certificates of a balancer", () => {
  it("stand beside its own, by their keys", () => {
    const { balancer, tf } = testBalancer({ additionalCertificates: { blog } });
    const added = balancer.addCertificate("wiki", wiki);
    const json = tf();
    const certificates = json.resources("aws_lb_listener_certificate");
    expect(Object.keys(certificates)).toEqual([
      expect.stringMatching(/^LoadBalancer_Certificates_blog_/),
      expect.stringMatching(/^LoadBalancer_Certificates_wiki_/),
    ]);
    expect(json.of(added)).toMatchObject({
      listener_arn: reference(balancer.listener, "arn"),
      certificate_arn: wiki,
    });
    expect(json.of(balancer.listener).certificate_arn).toBe(CERTIFICATE);
  });
});
