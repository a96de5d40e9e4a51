import type { Value, Values } from "../../lib/testing/offline-provider/values";

/** Values that only plans ask for, and that no schema or validation tells. */
export interface KnownValues {
  /** By dotted path: what every configuration needs. A block is there where a path leads to it or into it. */
  readonly always?: Readonly<Record<string, Value>>;
  /** By path of an attribute under measurement: attributes at the top that it needs beside it. */
  readonly beside?: Readonly<Record<string, Values>>;
  /** By path of an attribute: the values that it changes between. */
  readonly between?: Readonly<Record<string, readonly [Value, Value]>>;
}

const ARN = "arn:aws:iam::123456789010:role/x0";
const TARGET_GROUP = { always: { port: 80, protocol: "HTTP", vpc_id: "vpc-01234560" } };
const LISTENER = {
  always: { protocol: "HTTPS", "default_action.type": "forward", "default_action.target_group_arn": ARN },
  beside: { tcp_idle_timeout_seconds: { protocol: "TCP" } },
};
const NETWORK = { load_balancer_type: "network" };
const LOAD_BALANCER = {
  beside: {
    dns_record_client_routing_policy: NETWORK,
    enable_cross_zone_load_balancing: NETWORK,
    enforce_security_group_inbound_rules_on_private_link_traffic: NETWORK,
  },
};
const LISTENER_RULE = { always: { "action.type": "forward", "action.target_group_arn": ARN } };
const PUBLIC_VIRTUAL_INTERFACE = {
  always: { customer_address: "175.45.176.1/30", amazon_address: "175.45.176.2/30" },
};
const IPAM = { always: { "operating_regions.region_name": "us-east-1" } };
const FIFO = { fifo_topic: true };

const KNOWN_VALUES: Readonly<Record<string, KnownValues>> = {
  aws_alb: LOAD_BALANCER,
  aws_alb_listener: LISTENER,
  aws_alb_listener_rule: LISTENER_RULE,
  aws_alb_target_group: TARGET_GROUP,
  aws_api_gateway_authorizer: { always: { authorizer_uri: ARN } },
  aws_cloudwatch_metric_alarm: { always: { statistic: "Average" } },
  aws_db_instance: { always: { engine: "mysql" } },
  aws_directory_service_trust: {
    between: { trust_direction: ["One-Way: Outgoing", "One-Way: Incoming"] },
  },
  aws_dx_hosted_public_virtual_interface: PUBLIC_VIRTUAL_INTERFACE,
  aws_dx_public_virtual_interface: PUBLIC_VIRTUAL_INTERFACE,
  aws_dynamodb_table: {
    always: {
      read_capacity: 1,
      write_capacity: 1,
      hash_key: "vala",
      "attribute.name": "vala",
      "attribute.type": "S",
    },
  },
  aws_ebs_volume: { beside: { iops: { type: "io1" }, throughput: { type: "gp3" } } },
  aws_ec2_capacity_block_reservation: { between: { instance_platform: ["Linux/UNIX", "Windows"] } },
  aws_ecs_task_definition: {
    between: {
      container_definitions: [
        '[{"name":"x","image":"x","memory":64}]',
        '[{"name":"y","image":"y","memory":64}]',
      ],
    },
  },
  aws_elasticache_replication_group: { beside: { multi_az_enabled: { automatic_failover_enabled: true } } },
  aws_fsx_lustre_file_system: { always: { deployment_type: "PERSISTENT_2" } },
  aws_fsx_openzfs_file_system: { between: { throughput_capacity: [64, 128] } },
  aws_iot_authorizer: { always: { signing_disabled: true } },
  aws_iot_ca_certificate: { always: { verification_certificate_pem: "x" } },
  aws_kinesis_firehose_delivery_stream: {
    always: { destination: "extended_s3", extended_s3_configuration: null },
  },
  aws_kinesis_stream: { always: { shard_count: 1 } },
  aws_lambda_function: { always: { handler: "index.handler", runtime: "nodejs20.x", filename: "x.zip" } },
  aws_lb: LOAD_BALANCER,
  aws_lb_listener: LISTENER,
  aws_lb_listener_rule: LISTENER_RULE,
  aws_lb_target_group: TARGET_GROUP,
  aws_nat_gateway: {
    beside: {
      allocation_id: { connectivity_type: "public" },
      secondary_private_ip_address_count: { connectivity_type: "private" },
    },
  },
  aws_placement_group: {
    beside: { partition_count: { strategy: "partition" }, spread_level: { strategy: "spread" } },
  },
  aws_redshift_cluster: { beside: { availability_zone: { availability_zone_relocation_enabled: true } } },
  aws_s3_directory_bucket: {
    always: { "location.name": "use1-az1" },
    between: { bucket: ["x--use1-az1--x-s3", "y--use1-az1--x-s3"] },
  },
  aws_sns_topic: {
    beside: { archive_policy: FIFO, content_based_deduplication: FIFO, fifo_throughput_scope: FIFO },
  },
  aws_sns_topic_subscription: { beside: { filter_policy_scope: { filter_policy: "{}" } } },
  aws_sqs_queue: { beside: { content_based_deduplication: { fifo_queue: true } } },
  aws_verifiedpermissions_policy: {
    between: {
      "definition.static.statement": [
        "permit(principal, action, resource);",
        "forbid(principal, action, resource);",
      ],
    },
  },
  aws_vpc_ipam: IPAM,
  aws_vpc_ipam_resource_discovery: IPAM,
  aws_workspaces_directory: { always: { directory_id: "d-0123456789" } },
};

export function knownValues(type: string): KnownValues {
  return KNOWN_VALUES[type] ?? {};
}
