import { numberText } from "../../expressions";
import { TargetProtocol } from "../../load-balancer";
import { PropChecks, isKnown } from "../../validation";
import { MachineImage } from "../machine-image";
import { HostContent } from "../user-data/host-content";
import { HostFile } from "../user-data/host-file";
import { HOST_DIRECTORY, SCRIPT_DIRECTORY, UNIT_DEFAULTS, dropInFile } from "../user-data/systemd-unit";
import { HEALTH_PORT } from "./health-endpoint";

/** nginx in front of the application on each host. */
export interface ReverseProxyOptions {
  /**
   * What the balancer sends requests over; changing it, or the port, is an outage until hosts are replaced, since the
   * target group is replaced first. To avoid it, put a second `WebHosts` beside the first one, and move the weights
   * (`forwardTo(hosts, { key, weight })`). With HTTPS each host makes itself a certificate when it first starts;
   * balancers don't check who signed it.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration
   *
   * @default "HTTP"
   */
  readonly protocol?: TargetProtocol;

  /**
   * TCP port that nginx listens on, 1 to 65535; another one than the application's.
   *
   * @default 9080, or 9443 with HTTPS
   */
  readonly port?: number;

  /**
   * Path that the host itself answers: whether its application answers, and which ends of the database it
   * reaches. The application's own page of that path can't be seen from outside.
   *
   * @default "/health"
   */
  readonly healthPath?: string;

  /**
   * Largest body of a request in MiB, 1 to 10240; larger ones are answered with 413.
   *
   * @default 10
   */
  readonly maxBodySize?: number;

  /**
   * Seconds that the application may take for an answer, 1 to 4000; then the host answers 504. The balancer gives
   * up after its own `idleTimeout`.
   *
   * @default 60
   */
  readonly timeout?: number;
}

/** What nginx is told: the options, and what the host knows. */
export interface ReverseProxy {
  readonly protocol: TargetProtocol;
  readonly port: number;
  readonly healthPath: string;
  readonly maxBodySize: number;
  readonly timeout: number;
}

const DEFAULT_PORTS: Readonly<Record<TargetProtocol, number>> = { HTTP: 9080, HTTPS: 9443 };
/** Longer than the longest that a balancer keeps an idle connection, so that it never meets a closed one. */
const KEEP_ALIVE = "4060s";

const CONFIGURATION = `${HOST_DIRECTORY}/nginx.conf`;
/** cloud-init's folder of this very instance: hosts of an image that was made of a running one get keys of their own. */
const INSTANCE_DIRECTORY = "/var/lib/cloud/instance";
const CERTIFICATE = `${INSTANCE_DIRECTORY}/host.crt`;
const KEY = `${INSTANCE_DIRECTORY}/host.key`;
const MAKE_CERTIFICATE = `${SCRIPT_DIRECTORY}/make-certificate`;
const UNIT = "nginx.service";

/** The files that nginx logs into. */
export const PROXY_LOGS = { access: "/var/log/nginx/access.log", error: "/var/log/nginx/error.log" } as const;

export function readReverseProxy(options: ReverseProxyOptions): ReverseProxy {
  const { protocol = "HTTP" } = options;
  return {
    protocol,
    port: options.port ?? DEFAULT_PORTS[protocol],
    healthPath: options.healthPath ?? "/health",
    maxBodySize: options.maxBodySize ?? 10,
    timeout: options.timeout ?? 60,
  };
}

/** @param applicationPort port that is taken already */
export function checkReverseProxy(checks: PropChecks, proxy: ReverseProxy, applicationPort: number): void {
  checks.oneOf(
    "reverseProxy.protocol",
    proxy.protocol,
    ["HTTP", "HTTPS"],
    "Write it in upper case; HTTP stays inside the network.",
  );
  const free = "Take a port that nothing else on the host listens on.";
  checks.integer("reverseProxy.port", proxy.port, { min: 1, max: 65535 }, free);
  const taken = [applicationPort, HEALTH_PORT];
  checks.require(!isKnown(proxy.port) || !taken.includes(proxy.port), {
    prop: "reverseProxy.port",
    value: proxy.port,
    allowed: `another port than the application's, ${applicationPort}, and the health service's, ${HEALTH_PORT}`,
    remedy: free,
  });
  checks.require(applicationPort !== HEALTH_PORT, {
    prop: "application.port",
    value: applicationPort,
    allowed: "another port than the health service's",
    remedy: "Have the application listen on another one, or say reverseProxy: false.",
  });
  // What it is made of goes into nginx's configuration as it is.
  checks.matches("reverseProxy.healthPath", proxy.healthPath, /^\/[\w./~-]{1,200}$/, {
    allowed: "a path of letters, digits and . _ ~ - / that starts with a slash, as in /health",
    remedy: "Leave it out for /health.",
  });
  const sizes = { min: 1, max: 10_240, unit: "MiB" };
  checks.integer("reverseProxy.maxBodySize", proxy.maxBodySize, sizes, "Large files are better put into S3.");
  const seconds = { min: 1, max: 4000, unit: "seconds" };
  checks.integer("reverseProxy.timeout", proxy.timeout, seconds, "60 is the balancer's own default.");
}

/**
 * nginx by the distribution's own unit and package, so that its security updates restart it, with a configuration
 * of ours.
 *
 * @param network IPv4 block that the balancer's addresses lie in
 */
export function reverseProxyContent(
  image: MachineImage,
  proxy: ReverseProxy,
  applicationPort: number,
  network: string,
): HostContent {
  const tls = proxy.protocol === "HTTPS";
  const { packages = [] } = image.installation("nginx");
  return {
    packages: tls ? [...packages, "openssl"] : packages,
    files: [
      {
        path: CONFIGURATION,
        content: configuration(image.facts.nginxUser, proxy, applicationPort, network),
      },
      ...(tls ? [certificateScript()] : []),
      dropInFile(UNIT, "tandem", {
        Unit: UNIT_DEFAULTS,
        Service: {
          // The empty lines take away what the distribution's unit runs.
          ExecStartPre: ["", ...(tls ? [MAKE_CERTIFICATE] : []), `/usr/sbin/nginx -t -q -c ${CONFIGURATION}`],
          ExecStart: ["", `/usr/sbin/nginx -c ${CONFIGURATION}`],
          ExecReload: ["", `/usr/sbin/nginx -c ${CONFIGURATION} -s reload`],
          Restart: "always",
          RestartSec: "2",
        },
      }),
    ],
    // On Debian it is running since its package was installed, maybe before its drop-in was seen.
    setup: ["systemctl daemon-reload", `systemctl restart ${UNIT}`],
    services: [UNIT],
  };
}

function certificateScript(): HostFile {
  return {
    path: MAKE_CERTIFICATE,
    content: `#!/bin/sh
set -eu
test -s ${CERTIFICATE} && exit
umask 077
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \\
  -subj "/CN=$(hostname | cut -c 1-64)" -keyout ${KEY} -out ${CERTIFICATE}.new
mv ${CERTIFICATE}.new ${CERTIFICATE}
`,
    permissions: "0755",
  };
}

function configuration(user: string, proxy: ReverseProxy, applicationPort: number, network: string): string {
  const tls = proxy.protocol === "HTTPS";
  const timeout = `${numberText(proxy.timeout)}s`;
  return `user ${user};
worker_processes auto;
worker_rlimit_nofile 16384;
pid /run/nginx.pid;
error_log ${PROXY_LOGS.error} warn;

events {
  worker_connections 8192;
}

http {
  server_tokens off;
  keepalive_timeout ${KEEP_ALIVE};
  client_max_body_size ${numberText(proxy.maxBodySize)}m;
  # Headers as large as the balancer lets through.
  large_client_header_buffers 4 16k;
  proxy_buffer_size 32k;
  proxy_buffers 8 32k;
  proxy_busy_buffers_size 64k;

  # The balancer names the client; nobody else is believed.
  set_real_ip_from ${network};
  real_ip_header X-Forwarded-For;

  log_format json escape=json '{"time":"$time_iso8601","client":"$remote_addr","host":"$host",'
    '"method":"$request_method","uri":"$uri","status":$status,"bytes":$bytes_sent,'
    '"seconds":$request_time,"agent":"$http_user_agent","trace":"$http_x_amzn_trace_id"}';
  access_log ${PROXY_LOGS.access} json;

  # Nothing but WebSockets may leave HTTP behind.
  map $http_upgrade $upgrade {
    default "";
    "~*^websocket$" websocket;
  }
  map $upgrade $connection_header {
    default upgrade;
    "" "";
  }

  upstream application {
    server 127.0.0.1:${numberText(applicationPort)} max_fails=0;
    keepalive 32;
    # Shorter than applications keep theirs, so that no request meets a closed one.
    keepalive_timeout 4s;
  }

  server {
    listen ${numberText(proxy.port)}${tls ? " ssl" : ""} default_server;
${tls ? `    ssl_certificate ${CERTIFICATE};\n    ssl_certificate_key ${KEY};\n    ssl_protocols TLSv1.2 TLSv1.3;\n` : ""}
    location = ${proxy.healthPath} {
      access_log off;
      proxy_pass http://127.0.0.1:${HEALTH_PORT};
    }

    location / {
      proxy_pass http://application;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $upgrade;
      proxy_set_header Connection $connection_header;
      proxy_connect_timeout 5s;
      proxy_read_timeout ${timeout};
      proxy_send_timeout ${timeout};
    }
  }
}
`;
}
