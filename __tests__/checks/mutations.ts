import { Config } from "../support/synth";
import { Topology, blocks } from "./topology";

/** A change of a synthesized stack that a check has to notice. */
export type Mutation = (topology: Topology) => void;

/** Sets an argument of all resources of a type; `a.b` is an argument of the blocks `a`. */
export function set(type: string, path: string, value: unknown): Mutation {
  return edit(type, path, (config, name) => {
    config[name] = structuredClone(value);
  });
}

export function unset(type: string, path: string): Mutation {
  return edit(type, path, (config, name) => {
    // Absent, as JSON has it.
    config[name] = undefined;
  });
}

/** Takes all resources of these types away. */
export function remove(...types: readonly string[]): Mutation {
  return ({ json }) => {
    for (const type of types) json.resource[type] = {};
  };
}

export function add(type: string, config: Config | ((topology: Topology) => Config)): Mutation {
  return (topology) =>
    topology.add(type, "added", structuredClone(typeof config === "function" ? config(topology) : config));
}

/** Adds a statement to every policy of a type. */
export function allow(type: string, statement: Config, argument = "policy"): Mutation {
  return (topology) => {
    for (const { config } of topology.all(type)) {
      const text: string = config[argument];
      config[argument] = text.replace(
        '"Statement":[',
        `"Statement":[${JSON.stringify({ Effect: "Allow", ...statement })},`,
      );
    }
  };
}

/** One mutation after the other. */
export function both(...mutations: readonly Mutation[]): Mutation {
  return (topology) => {
    for (const mutation of mutations) mutation(topology);
  };
}

function edit(type: string, path: string, change: (config: Config, name: string) => void): Mutation {
  const names = path.split(".");
  const last = names.pop()!;
  return (topology) => {
    const configs = topology.all(type).map((resource) => resource.config);
    for (const config of names.reduce((all, name) => all.flatMap((one) => blocks(one[name])), configs)) {
      change(config, last);
    }
  };
}
