import { CheckRow } from "../check-row";
import { DATABASE } from "./database";
import { DATABASE_EVENTS, DATABASE_LOGS } from "./database-logs";
import { DATABASE_TLS } from "./database-tls";
import { FUNCTIONS } from "./functions";
import { HOSTS } from "./hosts";
import { IAM } from "./iam";
import { KEYS_AND_SECRETS } from "./keys-and-secrets";
import { LOAD_BALANCER } from "./load-balancer";
import { LOG_BUCKET } from "./log-bucket";
import { LOGS_AND_ALARMS } from "./logs-and-alarms";
import { NETWORK } from "./network";
import { RELIABILITY } from "./reliability";
import { ROLES } from "./roles";
import { SECURITY_GROUPS } from "./security-groups";
import { WEB_ACL } from "./web-acl";

export const ROWS: readonly CheckRow[] = [
  ...NETWORK,
  ...SECURITY_GROUPS,
  ...LOAD_BALANCER,
  ...WEB_ACL,
  ...HOSTS,
  ...DATABASE,
  ...DATABASE_TLS,
  ...DATABASE_LOGS,
  ...DATABASE_EVENTS,
  ...KEYS_AND_SECRETS,
  ...LOGS_AND_ALARMS,
  ...IAM,
  ...ROLES,
  ...LOG_BUCKET,
  ...FUNCTIONS,
  ...RELIABILITY,
];
