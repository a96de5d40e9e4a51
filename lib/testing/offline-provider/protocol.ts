import type { MethodDefinition, ServiceDefinition } from "@grpc/grpc-js";
import { parse } from "protobufjs";

/**
 * The part of Terraform's plugin protocol, version 5.9, that a provider without functions needs. The numbers are
 * the contract; the names of messages are not on the wire.
 * Source: docs/plugin-protocol in the repository of Terraform.
 */
const MESSAGES = `
syntax = "proto3";
package tfplugin5;

message DynamicValue { bytes msgpack = 1; bytes json = 2; }
message PathStep { oneof selector { string attribute_name = 1; string element_key_string = 2; int64 element_key_int = 3; } }
message AttributePath { repeated PathStep steps = 1; }
message Diagnostic { int32 severity = 1; string summary = 2; string detail = 3; AttributePath attribute = 4; }
message ClientCapabilities { bool deferral_allowed = 1; bool write_only_attributes_allowed = 2; }
message ServerCapabilities { bool plan_destroy = 1; bool get_provider_schema_optional = 2; bool move_resource_state = 3; }
message Empty {}

message Attribute {
  string name = 1; bytes type = 2; string description = 3; bool required = 4; bool optional = 5;
  bool computed = 6; bool sensitive = 7; bool deprecated = 9; bool write_only = 10;
}
message NestedBlock { string type_name = 1; Block block = 2; int32 nesting = 3; int64 min_items = 4; int64 max_items = 5; }
message Block { int64 version = 1; repeated Attribute attributes = 2; repeated NestedBlock block_types = 3; bool deprecated = 6; }
message Schema { int64 version = 1; Block block = 2; }
message TypeName { string type_name = 1; }

message MetadataResponse {
  ServerCapabilities server_capabilities = 1; repeated Diagnostic diagnostics = 2;
  repeated TypeName data_sources = 3; repeated TypeName resources = 4; repeated TypeName ephemeral_resources = 6;
}
message SchemaResponse {
  Schema provider = 1; map<string, Schema> resource_schemas = 2; map<string, Schema> data_source_schemas = 3;
  repeated Diagnostic diagnostics = 4; ServerCapabilities server_capabilities = 6;
  map<string, Schema> ephemeral_resource_schemas = 8;
}
message PrepareRequest { DynamicValue config = 1; }
message PrepareResponse { DynamicValue prepared_config = 1; repeated Diagnostic diagnostics = 2; }
message ConfigureRequest { string terraform_version = 1; DynamicValue config = 2; ClientCapabilities client_capabilities = 3; }
message ValidateRequest { string type_name = 1; DynamicValue config = 2; ClientCapabilities client_capabilities = 3; }
message DiagnosticsResponse { repeated Diagnostic diagnostics = 1; }

message RawState { bytes json = 1; map<string, string> flatmap = 2; }
message UpgradeRequest { string type_name = 1; int64 version = 2; RawState raw_state = 3; }
message UpgradeResponse { DynamicValue upgraded_state = 1; repeated Diagnostic diagnostics = 2; }
message ReadRequest { string type_name = 1; DynamicValue current_state = 2; bytes private = 3; }
message ReadResponse { DynamicValue new_state = 1; repeated Diagnostic diagnostics = 2; bytes private = 3; }
message PlanRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue proposed_new_state = 3; DynamicValue config = 4;
  bytes prior_private = 5; ClientCapabilities client_capabilities = 7;
}
message PlanResponse {
  DynamicValue planned_state = 1; repeated AttributePath requires_replace = 2; bytes planned_private = 3;
  repeated Diagnostic diagnostics = 4; bool legacy_type_system = 5;
}
message ApplyRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue planned_state = 3; DynamicValue config = 4;
  bytes planned_private = 5;
}
message ApplyResponse { DynamicValue new_state = 1; bytes private = 2; repeated Diagnostic diagnostics = 3; bool legacy_type_system = 4; }
message ImportRequest { string type_name = 1; string id = 2; }
message ImportedResource { string type_name = 1; DynamicValue state = 2; bytes private = 3; }
message ImportResponse { repeated ImportedResource imported_resources = 1; repeated Diagnostic diagnostics = 2; }
message ReadDataRequest { string type_name = 1; DynamicValue config = 2; }
message ReadDataResponse { DynamicValue state = 1; repeated Diagnostic diagnostics = 2; }
message OpenRequest { string type_name = 1; DynamicValue config = 2; ClientCapabilities client_capabilities = 3; }
message OpenResponse { repeated Diagnostic diagnostics = 1; DynamicValue result = 3; optional bytes private = 4; }
message PrivateRequest { string type_name = 1; optional bytes private = 2; }
message RenewResponse { repeated Diagnostic diagnostics = 1; optional bytes private = 3; }
message StopResponse { string Error = 1; }

service Provider {
  rpc GetMetadata(Empty) returns (MetadataResponse);
  rpc GetSchema(Empty) returns (SchemaResponse);
  rpc PrepareProviderConfig(PrepareRequest) returns (PrepareResponse);
  rpc Configure(ConfigureRequest) returns (DiagnosticsResponse);
  rpc ValidateResourceTypeConfig(ValidateRequest) returns (DiagnosticsResponse);
  rpc ValidateDataSourceConfig(ValidateRequest) returns (DiagnosticsResponse);
  rpc ValidateEphemeralResourceConfig(ValidateRequest) returns (DiagnosticsResponse);
  rpc UpgradeResourceState(UpgradeRequest) returns (UpgradeResponse);
  rpc ReadResource(ReadRequest) returns (ReadResponse);
  rpc PlanResourceChange(PlanRequest) returns (PlanResponse);
  rpc ApplyResourceChange(ApplyRequest) returns (ApplyResponse);
  rpc ImportResourceState(ImportRequest) returns (ImportResponse);
  rpc ReadDataSource(ReadDataRequest) returns (ReadDataResponse);
  rpc OpenEphemeralResource(OpenRequest) returns (OpenResponse);
  rpc RenewEphemeralResource(PrivateRequest) returns (RenewResponse);
  rpc CloseEphemeralResource(PrivateRequest) returns (DiagnosticsResponse);
  rpc Stop(Empty) returns (StopResponse);
}
`;

/** Nesting of blocks, as the protocol numbers it. */
export const NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;

/** A response that is encoded already, which large ones are once for many requests. */
export class EncodedResponse {
  public constructor(public readonly bytes: Buffer) {}
}

type Message = Record<string, unknown>;

const root = parse(MESSAGES, { keepCase: true }).root;
const service = root.lookupService("tfplugin5.Provider");

/** The protocol as gRPC's client and server take it. Fields keep their names; 64-bit numbers are numbers. */
export const PROVIDER_SERVICE: ServiceDefinition = Object.fromEntries(
  service.methodsArray.map((method) => {
    const request = root.lookupType(`tfplugin5.${method.requestType}`);
    const response = root.lookupType(`tfplugin5.${method.responseType}`);
    const read = (type: typeof request) => (bytes: Buffer) =>
      type.toObject(type.decode(bytes), { longs: Number, arrays: true, objects: true }) as Message;
    const definition: MethodDefinition<Message, Message | EncodedResponse> = {
      path: `/tfplugin5.Provider/${method.name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: (message) => Buffer.from(request.encode(request.fromObject(message)).finish()),
      requestDeserialize: read(request),
      responseSerialize: (message) =>
        message instanceof EncodedResponse ? message.bytes : encodeResponse(method.name, message),
      responseDeserialize: read(response),
    };
    return [method.name, definition];
  }),
);

/** The bytes of a method's response. */
export function encodeResponse(method: string, message: Message): Buffer {
  const type = root.lookupType(`tfplugin5.${service.methods[method]!.responseType}`);
  return Buffer.from(type.encode(type.fromObject(message)).finish());
}
