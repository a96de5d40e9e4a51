import { ReadProps } from "./read-props";
import { SECRET_VARIABLES, databaseSecret } from "./services/database-secret";
import { healthContent } from "./services/health-endpoint";
import { AgentConfiguration, cloudWatchAgent } from "./services/cloudwatch-agent";
import { CollectedLogs, collectLogs, hostLogs } from "./services/host-logs";
import { hostMetrics } from "./services/host-metrics";
import { tellReady } from "./services/lifecycle";
import { reverseProxyContent } from "./services/reverse-proxy";
import { securityUpdates } from "./services/security-updates";
import { HostContent, installAfterwards } from "./user-data/host-content";
import { WebHostsProps } from "./web-hosts-props";

/** What hosts know besides their props. */
export interface HostFacts {
  readonly logGroupName: string;
  /** What the hosts are called together, where their numbers are. */
  readonly hostGroup: string;
  /** Names of the application's environment variables. */
  readonly variables: readonly string[];
  /** Whether hosts fetch a database's secret for the application. */
  readonly fetchesSecret: boolean;
  /** Page that tells a host's health, as the host itself reaches it. */
  readonly url: string;
}

/** The parts of a host, in the order in which they are set up. */
export function hostContents(props: WebHostsProps, read: ReadProps, facts: HostFacts): HostContent[] {
  const { application, image, reverseProxy } = read;
  const { network, logs = {}, metrics = true, securityUpdates: updates = true } = props;
  const { fetchesSecret, logGroupName } = facts;
  const collected: CollectedLogs = {
    files: logs ? logs.files : undefined,
    ofApplication: !application.isBaked,
    ofProxy: reverseProxy !== undefined,
  };
  const agent: AgentConfiguration = {
    ...(logs && { logs: collectLogs(logGroupName, collected) }),
    ...(metrics && { metrics: hostMetrics(facts.hostGroup) }),
  };
  const variables = [...facts.variables, ...(fetchesSecret ? SECRET_VARIABLES : [])];
  const parts: (HostContent | false | undefined)[] = [
    updates && securityUpdates(image),
    fetchesSecret && databaseSecret(image, application.unit!),
    reverseProxy && healthContent(application.healthCheckPath),
    reverseProxy && reverseProxyContent(image, reverseProxy, application.port, network.cidrBlock),
    (logs || metrics) && cloudWatchAgent(image, agent),
    logs && hostLogs(collected),
    application.content(image, variables),
    props.setup === "activePassive" && tellReady(image, facts.url, fetchesSecret),
    installAfterwards(image.installation("sessionManagerAgent")),
  ];
  return parts.filter((part) => part !== false && part !== undefined);
}
