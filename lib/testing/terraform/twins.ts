import type { State, StateInstance } from "./state";

/** The end of a made-up id: what twins share, and the number of the twin. */
const TOKEN = /([0-9a-f]{13})([0-9a-f]{4})$/;

/**
 * Resources with the same configuration are twins: Terraform makes them in any order, so which of them got which
 * made-up id is chance. This gives their ids out again, in the order of their addresses.
 *
 * @param before what was there before, and keeps its ids
 */
export function withTwinsInOrder(state: State, before: State | undefined): State {
  const kept = new Set(before?.resources.flatMap((resource) => resource.instances.map(tokenOf)));
  const twins = new Map<string, string[]>();
  for (const token of new Set(tokensInOrder(state))) {
    if (kept.has(token)) continue;
    const digest = token.slice(0, -4);
    twins.set(digest, [...(twins.get(digest) ?? []), token]);
  }
  const renamed = new Map(
    [...twins.values()].flatMap((tokens) => {
      const inOrder = [...tokens].sort();
      return tokens.flatMap((token, index) => (token === inOrder[index] ? [] : [[token, inOrder[index]!]]));
    }) as [string, string][],
  );
  if (renamed.size === 0) return state;
  const any = new RegExp([...renamed.keys()].join("|"), "g");
  return JSON.parse(JSON.stringify(state).replace(any, (token) => renamed.get(token)!)) as State;
}

/** Made-up tokens of all instances, in the order of their addresses. */
function tokensInOrder(state: State): string[] {
  const instances = state.resources.flatMap(({ mode, module, type, name, instances: all }) =>
    mode === "managed"
      ? all.map((one) => ({ address: [module, type, name, one.index_key].join("."), token: tokenOf(one) }))
      : [],
  );
  instances.sort((one, other) => (one.address < other.address ? -1 : 1));
  return instances.flatMap(({ token }) => (token === undefined ? [] : [token]));
}

function tokenOf({ attributes }: StateInstance): string | undefined {
  for (const value of [attributes.id, attributes.arn]) {
    const token = typeof value === "string" ? TOKEN.exec(value)?.[0] : undefined;
    if (token !== undefined) return token;
  }
  return undefined;
}
