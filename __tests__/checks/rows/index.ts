import { CheckRow } from "../check-row";
import { DATABASE, DATABASE_EVENTS } from "./database";
import { FUNCTIONS } from "./functions";
import { HOSTS } from "./hosts";
import { IAM } from "./iam";
import { KEYS_AND_SECRETS } from "./keys-and-secrets";
import { LOAD_BALANCER } from "./load-balancer";
import { LOG_BUCKET } from "./log-bucket";
import { LOGS_AND_ALARMS } from "./logs-and-alarms";
import { NETWORK } from "./network";
import { RELIABILITY } from "./reliability";
import { SECURITY_GROUPS } from "./security-groups";
import { WEB_ACL } from "./web-acl";

export const ROWS: readonly CheckRow[] = [
  ...NETWORK,
  ...SECURITY_GROUPS,
  ...LOAD_BALANCER,
  ...WEB_ACL,
  ...HOSTS,
  ...DATABASE,
  ...DATABASE_EVENTS,
  ...KEYS_AND_SECRETS,
  ...LOGS_AND_ALARMS,
  ...IAM,
  ...LOG_BUCKET,
  ...FUNCTIONS,
  ...RELIABILITY,
];
