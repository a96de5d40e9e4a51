import { testBalancer } from "../support/balancer";

describe("attributes of a balancer", () => {
  it("are the safe ones", () => {
    expect(testBalancer().tf().only("aws_lb")).toMatchObject({
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
      enable_zonal_shift: true,
      xff_header_processing_mode: "append",
      enable_xff_client_port: false,
      preserve_host_header: false,
      enable_tls_version_and_cipher_suite_headers: false,
      enable_waf_fail_open: false,
      enable_http2: true,
      client_keep_alive: 3600,
      enable_deletion_protection: true,
    });
  });

  it("reserve no capacity, which costs money", () => {
    expect(testBalancer().tf().only("aws_lb").minimum_load_balancer_capacity).toBeUndefined();
  });

  it("are as they are asked for", () => {
    const { tf } = testBalancer({
      desyncMitigation: "strictest",
      zonalShift: false,
      xForwardedFor: "remove",
      preserveHostHeader: true,
      tlsHeaders: true,
      wafFailOpen: true,
      http2: false,
      clientKeepAlive: 60,
      minimumCapacityUnits: 500,
    });
    expect(tf().only("aws_lb")).toMatchObject({
      desync_mitigation_mode: "strictest",
      enable_zonal_shift: false,
      xff_header_processing_mode: "remove",
      preserve_host_header: true,
      enable_tls_version_and_cipher_suite_headers: true,
      enable_waf_fail_open: true,
      enable_http2: false,
      client_keep_alive: 60,
      minimum_load_balancer_capacity: { capacity_units: 500 },
    });
  });

  it("tell applications a client's port on request", () => {
    expect(testBalancer({ clientPort: true }).tf().only("aws_lb").enable_xff_client_port).toBe(true);
  });
});
