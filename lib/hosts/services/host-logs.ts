import { checkKeyArn } from "../../encryption/key-arn";
import { checkLogRetention } from "../../logs";
import { PropChecks } from "../../validation";
import { HostContent } from "../user-data/host-content";
import { HostFile } from "../user-data/host-file";
import { APPLICATION_UNIT, dropInFile } from "../user-data/systemd-unit";
import { AgentConfiguration } from "./cloudwatch-agent";
import { PROXY_LOGS } from "./reverse-proxy";

/** Logs of the hosts in CloudWatch. */
export interface HostLogsOptions {
  /**
   * Name of the log group: up to 512 letters, digits and . _ - / #.
   *
   * @default - the construct's path, as in /shop/Web/Hosts
   */
  readonly logGroupName?: string;

  /**
   * How many days logs are kept: a number that CloudWatch Logs knows; 0 keeps them for ever.
   *
   * @default 365
   */
  readonly retentionDays?: number;

  /**
   * ARN of a KMS key of your own that encrypts them, whose policy lets CloudWatch Logs use it: `EncryptionKey` for
   * `logs` makes one. What was written before stays as it is.
   *
   * @default - CloudWatch's own, which is free
   */
  readonly kmsKeyArn?: string;

  /**
   * Further files to collect, by the names of their streams: `{ jobs: "/var/log/shop/jobs.log" }`. Of a path with
   * `*` the newest file is.
   *
   * @default - the application's output (but not that of a baked image's service), nginx's logs, and what cloud-init
   * said
   */
  readonly files?: Readonly<Record<string, string>>;
}

const DIRECTORY = "/var/log/application";
const APPLICATION_LOG = `${DIRECTORY}/application.log`;

const ROTATION_TIMER = "logrotate.timer";
const ROTATION = `${DIRECTORY}/*.log {
  daily
  maxsize 100M
  rotate 7
  compress
  missingok
  notifempty
  copytruncate
}
`;

const STREAMS = {
  application: APPLICATION_LOG,
  access: PROXY_LOGS.access,
  proxy: PROXY_LOGS.error,
  "cloud-init": "/var/log/cloud-init-output.log",
} as const;

export function checkHostLogs(checks: PropChecks, options: HostLogsOptions): void {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
  checks.matches("logs.logGroupName", options.logGroupName, /^(?!aws\/)[\w./#-]{1,512}$/, {
    allowed: "up to 512 letters, digits and . _ - / #, not starting with aws/",
    remedy: "Leave it out for the construct's path.",
  });
  checkLogRetention(checks, "logs.retentionDays", options.retentionDays);
  checkKeyArn(checks, "logs.kmsKeyArn", options.kmsKeyArn);
  for (const [stream, path] of Object.entries(options.files ?? {})) {
    checks.matches("logs.files", stream, /^[^:*{}]{1,200}$/, {
      allowed: "names of streams without : * { }",
      remedy: "Rename the stream.",
    });
    checks.require(!Object.hasOwn(STREAMS, stream), {
      prop: "logs.files",
      value: stream,
      allowed: `names other than ${Object.keys(STREAMS).join(", ")}, which are taken`,
      remedy: "Rename the stream.",
    });
    checks.matches(`logs.files.${stream}`, path, /^\/.+/, {
      allowed: "an absolute path, with * for several files",
      remedy: "Start it with a slash.",
    });
  }
}

/** Which logs there are on a host. */
export interface CollectedLogs {
  /** Further files, by the names of their streams. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether the application's unit is ours, so that its output may go into a file. */
  readonly ofApplication: boolean;
  /** Whether there is nginx. */
  readonly ofProxy: boolean;
}

/**
 * What the agent is to send: one stream for each host and kind of log.
 *
 * @param logGroupName group that exists before the hosts do
 */
export function collectLogs(
  logGroupName: string,
  logs: CollectedLogs,
): NonNullable<AgentConfiguration["logs"]> {
  const streams: Record<string, string> = {
    ...(logs.ofApplication && { application: STREAMS.application }),
    ...(logs.ofProxy && { access: STREAMS.access, proxy: STREAMS.proxy }),
    "cloud-init": STREAMS["cloud-init"],
    ...logs.files,
  };
  const collect = Object.entries(streams).map(([stream, path]) => ({
    file_path: path,
    log_group_name: logGroupName,
    log_stream_name: `{instance_id}/${stream}`,
  }));
  return { logs_collected: { files: { collect_list: collect } } };
}

/** What makes logs of a host into files, and keeps them small. */
export function hostLogs(logs: CollectedLogs): HostContent {
  return {
    packages: ["logrotate"],
    files: logs.ofApplication ? applicationLog() : [],
    setup: logs.ofApplication ? [`install -d -m 0755 ${DIRECTORY}`] : [],
    services: [ROTATION_TIMER],
  };
}

/** The agent reads files, not the journal. */
function applicationLog(): HostFile[] {
  return [
    { path: "/etc/logrotate.d/application", content: ROTATION },
    dropInFile(APPLICATION_UNIT, "logs", {
      Service: { StandardOutput: `append:${APPLICATION_LOG}`, StandardError: "inherit" },
    }),
    // So that an application that says much fills no disk until the next day.
    dropInFile(ROTATION_TIMER, "tandem", { Timer: { OnCalendar: ["", "hourly"], AccuracySec: "1min" } }),
  ];
}
