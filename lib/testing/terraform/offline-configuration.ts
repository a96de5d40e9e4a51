import {
  type JsonBlock,
  type TerraformJson,
  type TypedBlocks,
  mapTypedBlocks,
  withoutNotes,
} from "../configuration/terraform-json";

/**
 * The configuration as it is run offline: what would reach for other machines is taken out.
 *
 * - The state is in a file, whatever the backend.
 * - Provisioners are left out: they would run, on this machine.
 * - Remote states of stacks of the same app are files.
 *
 * @param remoteStates where the state that a data source reads is at hand, by the name of the data source
 * @throws Error for a module or a remote state that is elsewhere
 */
export function offlineConfiguration(
  json: TerraformJson,
  remoteStates: Readonly<Record<string, string>>,
): TerraformJson {
  const { terraform, ...rest } = withoutNotes(json);
  const { backend, cloud, ...settings } = terraform ?? {};
  for (const [name, module] of Object.entries(json.module ?? {})) requireLocal(name, module);
  return {
    ...rest,
    terraform: settings,
    ...(rest.resource && { resource: mapTypedBlocks(rest.resource, withoutProvisioners) }),
    ...(rest.data && { data: withStatesAtHand(rest.data, remoteStates) }),
  };
}

function withoutProvisioners(block: JsonBlock): JsonBlock {
  const { provisioner, connection, ...rest } = block;
  return rest;
}

function withStatesAtHand(data: TypedBlocks, files: Readonly<Record<string, string>>): TypedBlocks {
  const { terraform_remote_state: states, ...rest } = data;
  if (states === undefined) return data;
  const atHand = Object.entries(states).map(([name, { backend }]) => {
    const path = files[name];
    if (path !== undefined) return [name, { backend: "local", config: { path } }];
    throw new Error(
      `data.terraform_remote_state.${name} reads a state in a backend of kind ${JSON.stringify(backend)}. ` +
        "Allowed: states of stacks of the same app, which are deployed offline first. " +
        "Pass what the stack needs from elsewhere as values, or make both stacks in one app.",
    );
  });
  return { ...rest, terraform_remote_state: Object.fromEntries(atHand) };
}

function requireLocal(name: string, module: JsonBlock): void {
  if (typeof module.source === "string" && /^\.{1,2}\//.test(module.source)) return;
  throw new Error(
    `module.${name} is from ${JSON.stringify(module.source)}. ` +
      "Allowed offline: modules in a local folder, as in ./modules/network. Download the module and use its folder.",
  );
}
