import { KeyPurpose } from "../encryption";
import { said } from "../options";
import { DistributedWebProps } from "./distributed-web-props";

/** ARNs of the keys of a site, by purpose; absent where AWS's own is used. */
export type SiteKeys = Readonly<Partial<Record<KeyPurpose, string>>>;

/** The props of a site's parts, with its keys where nothing else is said. */
export function encrypted(props: DistributedWebProps, keys: SiteKeys): DistributedWebProps {
  const { network = {}, loadBalancer, hosts, database, webAcl = {}, monitoring = {} } = props;
  return {
    ...props,
    network: "vpcId" in network ? network : { ...network, flowLogs: withKey(network.flowLogs, keys.logs) },
    loadBalancer: loadBalancer?.maintenance
      ? { ...loadBalancer, maintenance: filled(loadBalancer.maintenance, { logKmsKeyArn: keys.logs }) }
      : loadBalancer,
    hosts: {
      ...filled(hosts, { volumeKmsKeyArn: keys.volumes }),
      logs: withKey(hosts?.logs, keys.logs),
    },
    database: {
      ...filled(database, { kmsKeyArn: keys.database, logKmsKeyArn: keys.logs }),
      credentials: filled(database.credentials, { kmsKeyArn: keys.secrets }),
    },
    webAcl: webAcl && {
      ...webAcl,
      logs: isElsewhere(webAcl.logs) ? webAcl.logs : withKey(webAcl.logs, keys.logs),
    },
    monitoring: monitoring && {
      ...monitoring,
      notify:
        monitoring.notify?.topicArn === undefined
          ? filled(monitoring.notify, { kmsKeyArn: keys.notifications ?? false })
          : monitoring.notify,
    },
  };
}

/** Options of logs, unless they are off, with a key. */
function withKey<T extends { readonly kmsKeyArn?: string }>(
  logs: T | false | undefined,
  kmsKeyArn: string | undefined,
): T | false {
  return logs === false ? false : (filled<{ readonly kmsKeyArn?: string }>(logs, { kmsKeyArn }) as T);
}

/** Options with what they leave open. */
function filled<T extends object>(options: T | undefined, defaults: Partial<T>): T {
  return { ...defaults, ...said(options) } as T;
}

/** Whoever owns the destination of logs decides how they are encrypted. */
function isElsewhere(logs: { readonly destinationArn?: string } | false | undefined): boolean {
  return logs !== undefined && logs !== false && logs.destinationArn !== undefined;
}
