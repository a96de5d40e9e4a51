import type { Value, Values } from "../../lib/testing/offline-provider/values";

/** Values that only plans ask for, and that no schema or validation tells. */
export interface KnownValues {
  /** By dotted path: what every configuration needs. A block is there where its path is, whatever the value. */
  readonly always?: Readonly<Record<string, Value>>;
  /** By path of an attribute under measurement: attributes at the top that it needs beside it. */
  readonly beside?: Readonly<Record<string, Values>>;
}

const ARN = "arn:aws:iam::123456789010:role/x0";
const TARGET_GROUP = { always: { port: 80, protocol: "HTTP", vpc_id: "vpc-01234560" } };
const LISTENER = { always: { "default_action.type": "forward", "default_action.target_group_arn": ARN } };
const LISTENER_RULE = { always: { "action.type": "forward", "action.target_group_arn": ARN } };

const KNOWN_VALUES: Readonly<Record<string, KnownValues>> = {
  aws_alb_listener: LISTENER,
  aws_alb_listener_rule: LISTENER_RULE,
  aws_alb_target_group: TARGET_GROUP,
  aws_cloudwatch_metric_alarm: { always: { statistic: "Average" } },
  aws_db_instance: { always: { engine: "mysql" } },
  aws_lambda_function: { always: { handler: "index.handler", runtime: "nodejs20.x", filename: "x.zip" } },
  aws_lb_listener: LISTENER,
  aws_lb_listener_rule: LISTENER_RULE,
  aws_lb_target_group: TARGET_GROUP,
  aws_nat_gateway: {
    beside: {
      allocation_id: { connectivity_type: "public" },
      secondary_private_ip_address_count: { connectivity_type: "private" },
    },
  },
  aws_sns_topic: {
    beside: {
      archive_policy: { fifo_topic: true },
      content_based_deduplication: { fifo_topic: true },
      fifo_throughput_scope: { fifo_topic: true },
    },
  },
  aws_sns_topic_subscription: {
    beside: { filter_policy_scope: { filter_policy: "{}" } },
  },
};

export function knownValues(type: string): KnownValues {
  return KNOWN_VALUES[type] ?? {};
}
