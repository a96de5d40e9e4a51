import { withComputedValues } from "./aws/computed-values";
import { answer } from "./aws/data-sources";
import { ProviderSettings } from "./aws/provider-settings";
import { Secrets } from "./aws/secrets";
import { withTagsAndRegion } from "./aws/tags-and-region";
import { makeUp } from "./made-up-values";
import type { Overlay } from "./overlays/overlay";
import { type Change, planValues, unanswered } from "./planning";
import type { EncodedResponse } from "./protocol";
import { type Path, replacementPaths } from "./replacement";
import type { Block, ProviderSchema } from "./schema";
import { conform, withoutWriteOnly } from "./state";
import { type Diagnostic, unconfigurableValues, writeOnlyValues } from "./validation";
import { type DynamicValue, type Values, decode, encode, fingerprint, isUnknown } from "./values";

/** What one provider serves, with what is known of its types beyond their schema. */
export interface ServedProvider {
  readonly schema: ProviderSchema;
  /** The response to GetSchema, which Terraform asks for in every command. */
  readonly encodedSchema: EncodedResponse;
  overlay(type: string): Overlay | undefined;
}

/** A request of any method; fields that are not sent are absent. */
interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config?: DynamicValue;
  readonly prior_state?: DynamicValue;
  readonly planned_state?: DynamicValue;
  readonly proposed_new_state?: DynamicValue;
  readonly current_state?: DynamicValue;
  readonly raw_state?: { readonly json?: Uint8Array };
  readonly private?: Uint8Array;
  readonly prior_private?: Uint8Array;
  readonly planned_private?: Uint8Array;
  readonly client_capabilities?: { readonly write_only_attributes_allowed?: boolean };
}

type Response = Record<string, unknown>;

/** Kept beside the state of what was imported in this run: all that is known of it is its id. */
const IMPORTED = Buffer.from("imported");

function isImported(kept: Uint8Array | undefined): boolean {
  return kept !== undefined && IMPORTED.equals(kept);
}

/** What the offline provider can do beyond what every provider does. */
export const CAPABILITIES = {
  plan_destroy: false,
  get_provider_schema_optional: true,
  move_resource_state: false,
};

/** Terraform's older rules, by which a planned value may differ from the configured one, as in most of AWS. */
const LEGACY = { legacy_type_system: true };

/**
 * The calls of Terraform's plugin protocol. Nothing is made anywhere: planning says what a provider that knows the
 * schema would say, and applying makes up what AWS would have.
 */
export class ProviderService {
  /** One for each configuration of the provider: Terraform opens a connection for each alias. */
  private readonly settings = new Map<object, ProviderSettings>();
  private readonly secrets = new Secrets();
  private readonly made = new Map<string, number>();
  /** Ids of resources that were there before. */
  private readonly taken = new Set<string>();

  public constructor(private readonly served: ServedProvider) {}

  public GetMetadata(): Response {
    const { resources, dataSources, ephemeralResources } = this.served.schema;
    const names = (blocks: object) => Object.keys(blocks).map((name) => ({ type_name: name }));
    return {
      server_capabilities: CAPABILITIES,
      resources: names(resources),
      data_sources: names(dataSources),
      ephemeral_resources: names(ephemeralResources),
    };
  }

  public GetSchema(): EncodedResponse {
    return this.served.encodedSchema;
  }

  public PrepareProviderConfig({ config }: Request): Response {
    return { prepared_config: config };
  }

  public Configure({ config }: Request, connection: object): Response {
    this.settings.set(connection, new ProviderSettings(decode(config) as Values));
    return {};
  }

  public ValidateResourceTypeConfig(request: Request): Response {
    const block = this.served.schema.resources[request.type_name]!;
    const config = decode(request.config) as Values;
    const allowed = request.client_capabilities?.write_only_attributes_allowed ?? false;
    return {
      diagnostics: [
        ...unconfigurableValues(block, config),
        ...(allowed ? [] : writeOnlyValues(block, config)),
      ],
    };
  }

  public ValidateDataSourceConfig({ type_name, config }: Request): { diagnostics: Diagnostic[] } {
    return {
      diagnostics: unconfigurableValues(this.served.schema.dataSources[type_name]!, decode(config) as Values),
    };
  }

  public ValidateEphemeralResourceConfig({ type_name, config }: Request): Response {
    const block = this.served.schema.ephemeralResources[type_name]!;
    return { diagnostics: unconfigurableValues(block, decode(config) as Values) };
  }

  public UpgradeResourceState({ type_name, raw_state }: Request): Response {
    const state = JSON.parse(Buffer.from(raw_state?.json ?? []).toString("utf8")) as Values;
    if (typeof state.id === "string") this.taken.add(`${type_name} ${state.id}`);
    return { upgraded_state: encode(conform(this.served.schema.resources[type_name]!, state)) };
  }

  public ReadResource({ current_state, private: kept }: Request): Response {
    return { new_state: current_state, private: kept };
  }

  public PlanResourceChange(request: Request, connection: object): Response {
    const proposed = decode(request.proposed_new_state) as Values | null;
    const prior = decode(request.prior_state) as Values | null;
    if (prior !== null) this.secrets.recall(request.type_name, prior, request.prior_private);
    if (proposed === null) return { planned_state: encode(null), planned_private: request.prior_private };

    const block = this.served.schema.resources[request.type_name]!;
    const overlay = this.served.overlay(request.type_name);
    const change: Change = { config: decode(request.config) as Values, proposed, prior };
    const values = withComputedValues(request.type_name, change, planValues(block, overlay, change));
    const planned = withTagsAndRegion(block, this.settingsOf(connection), change, values);
    const imported = isImported(request.prior_private);
    const replaced =
      prior === null || imported ? [] : replacementPaths(request.type_name, block, overlay, prior, planned);
    return {
      planned_state: encode(planned),
      planned_private: imported ? undefined : request.prior_private,
      requires_replace: replaced.map(attributePath),
      ...LEGACY,
    };
  }

  public ApplyResourceChange(request: Request, connection: object): Response {
    const planned = decode(request.planned_state) as Values | null;
    if (planned === null) return { new_state: encode(null) };
    const block = this.served.schema.resources[request.type_name]!;
    const config = decode(request.config) as Values;
    const seed = `${request.type_name} ${fingerprint(withoutWriteOnly(block, config))}`;
    const region = regionOf(planned, this.settingsOf(connection));
    const make = () =>
      makeUp(block, planned, { type: request.type_name, region, seed, twin: this.nextTwin(seed) });
    let made = make();
    // Made with the same configuration by an earlier deployment.
    while (isUnknown(planned.id) && this.taken.has(`${request.type_name} ${String(made.id)}`)) made = make();
    const state = withoutWriteOnly(block, made);
    const kept = this.secrets.written(request.type_name, config, state);
    return { new_state: encode(state), private: kept ?? request.planned_private, ...LEGACY };
  }

  public ImportResourceState({ type_name, id }: Request): Response {
    const block = this.served.schema.resources[type_name]!;
    return {
      imported_resources: [{ type_name, state: encode(conform(block, { id })), private: IMPORTED }],
    };
  }

  public ReadDataSource({ type_name, config }: Request, connection: object): Response {
    const block = this.served.schema.dataSources[type_name]!;
    const given = decode(config) as Values;
    const settings = this.settingsOf(connection);
    return {
      state: encode(this.answered(type_name, block, given, answer(type_name, given, settings), settings)),
    };
  }

  public OpenEphemeralResource({ type_name, config }: Request, connection: object): Response {
    const block = this.served.schema.ephemeralResources[type_name]!;
    const given = decode(config) as Values;
    const opened = this.secrets.opened(type_name, given);
    return { result: encode(this.answered(type_name, block, given, opened, this.settingsOf(connection))) };
  }

  public RenewEphemeralResource(): Response {
    return {};
  }

  public CloseEphemeralResource(): Response {
    return {};
  }

  public Stop(): Response {
    return {};
  }

  /** Known answers, and made-up ones for the rest. */
  private answered(
    type: string,
    block: Block,
    config: Values,
    known: Values,
    settings: ProviderSettings,
  ): Values {
    const inSchema = Object.fromEntries(Object.entries(known).filter(([name]) => name in block.attributes));
    return makeUp(block, unanswered(block, config, inSchema), {
      type,
      region: regionOf(config, settings),
      seed: `${type} ${fingerprint(config)}`,
      twin: 0,
    });
  }

  /** Resources with the same configuration are told apart by a number. */
  private nextTwin(seed: string): number {
    const twin = this.made.get(seed) ?? 0;
    this.made.set(seed, twin + 1);
    return twin;
  }

  private settingsOf(connection: object): ProviderSettings {
    return this.settings.get(connection) ?? new ProviderSettings({});
  }
}

function regionOf(values: Values, settings: ProviderSettings): string {
  return typeof values.region === "string" && !isUnknown(values.region) ? values.region : settings.region;
}

function attributePath(path: Path): Response {
  return {
    steps: path.map((step) =>
      typeof step === "number" ? { element_key_int: step } : { attribute_name: step },
    ),
  };
}
