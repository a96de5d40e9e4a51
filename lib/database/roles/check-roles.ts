import { DatabaseRoles, MAX_REPLICAS, RetiredNode, nodesOf } from "./database-roles";
import { InvalidRolesError, RolesProblem } from "./invalid-roles-error";
import { FIRST_NODE, NODE_NAME_RULE, isNodeName, slotOf } from "./node-name";
import { restoreSourceProblem } from "./restore-source";

const STEPS = "`tandem roles` takes the steps that are legal.";

/**
 * Refuses roles that no pair can have.
 *
 * @param source where they were read, for messages
 * @throws InvalidRolesError
 */
export function checkRoles(roles: DatabaseRoles, source?: string): void {
  const problem =
    listsProblem(roles) ??
    namesProblem(roles) ??
    uniquenessProblem(roles) ??
    replicationProblem(roles) ??
    originsProblem(roles) ??
    sourcesProblem(roles);
  if (problem) throw new InvalidRolesError(problem, source);
}

function listsProblem(roles: DatabaseRoles): RolesProblem | undefined {
  const lists = ["replicas", "restored", "retired", "deleted"] as const;
  const missing = lists.find((list) => !Array.isArray(roles[list]));
  if (missing === undefined && roles.primary !== undefined) return undefined;
  return {
    where: missing ?? "primary",
    problem: `it is ${JSON.stringify(roles[missing ?? "primary"])}`,
    allowed: missing ? "a list" : "a node",
    remedy: "Begin with initialRoles(), or read a file by readRoles().",
  };
}

/** A node, and where it stands in the roles. */
type Place = RetiredNode & { readonly where: string };

function places(roles: DatabaseRoles): Place[] {
  const listed = (["replicas", "restored", "retired"] as const).flatMap((list) =>
    roles[list].map((one: RetiredNode, index) => ({ where: `${list}[${index}]`, ...one })),
  );
  return [{ where: "primary", ...roles.primary }, ...listed];
}

function namesProblem(roles: DatabaseRoles): RolesProblem | undefined {
  const named = places(roles).map(({ where, node }) => ({ where: `${where}.node`, node }));
  const deleted = roles.deleted.map((node, index) => ({ where: `deleted[${index}]`, node }));
  const bad = [...named, ...deleted].find(({ node }) => !isNodeName(node));
  if (bad) {
    return {
      where: bad.where,
      problem: `${JSON.stringify(bad.node)} is no name of a node`,
      allowed: NODE_NAME_RULE,
      remedy: STEPS,
    };
  }
  const { replicaCount, replicas } = roles;
  const least = replicas.length;
  if (Number.isInteger(replicaCount) && replicaCount >= least && replicaCount <= MAX_REPLICAS)
    return undefined;
  return {
    where: "replicaCount",
    problem: `it is ${JSON.stringify(replicaCount)}`,
    allowed: `a whole number from ${least}, the replicas that there are, to ${MAX_REPLICAS}`,
    remedy: "It is how many replicas there should be.",
  };
}

function uniquenessProblem(roles: DatabaseRoles): RolesProblem | undefined {
  const seen = new Map<string, Place>();
  for (const place of places(roles)) {
    const { node } = place;
    const where = `${place.where}.node`;
    if (roles.deleted.includes(node)) {
      return {
        where,
        problem: `${node} was deleted, and its name is not used again`,
        allowed: "the next generation of the slot",
        remedy: "A node of that name would meet snapshots and logs of the old one.",
      };
    }
    const twin = seen.get(slotOf(node));
    if (twin) {
      return twin.node === node
        ? {
            where,
            problem: `${node} is named twice, first as ${twin.where}.node`,
            allowed: "one role for each node",
            remedy: STEPS,
          }
        : {
            where,
            problem: `slot ${slotOf(node)} has ${node} beside ${twin.node}`,
            allowed: "one node in a slot at a time",
            remedy: "Take another slot, or rebuild first, which deletes what is retired.",
          };
    }
    seen.set(slotOf(node), place);
  }
  return undefined;
}

function replicationProblem(roles: DatabaseRoles): RolesProblem | undefined {
  const primary = roles.primary.node;
  for (const [index, { node, replicates }] of roles.replicas.entries()) {
    if (replicates === primary) continue;
    const retired = roles.retired.some((one) => one.node === replicates);
    return {
      where: `replicas[${index}].replicates`,
      problem: retired
        ? `${node} is a replica of ${replicates}, which is retired`
        : `${node} is a replica of ${JSON.stringify(replicates)}`,
      allowed: `the primary, "${primary}"`,
      remedy: retired
        ? "RDS gives a replica no other source: list it as retired, and rebuild."
        : "Replicas copy the primary.",
    };
  }
  const standalone = nodesOf(roles).filter((one) => one.replicates === undefined);
  const sources = [...standalone.map(({ node }) => node), ...roles.deleted];
  for (const [index, { node, replicates }] of roles.retired.entries()) {
    if (replicates === undefined || sources.includes(replicates)) continue;
    return {
      where: `retired[${index}].replicates`,
      problem: `${node} is a replica of ${JSON.stringify(replicates)}`,
      allowed: "a node that there is or was, and that is no replica itself",
      remedy: STEPS,
    };
  }
  return undefined;
}

/** How a node came to be decides what Terraform says of it: a wrong word would make an empty one in its place. */
function originsProblem(roles: DatabaseRoles): RolesProblem | undefined {
  for (const { where, node, promotedFrom, restoredFrom, replicates } of places(roles)) {
    if (promotedFrom !== undefined && (!isNodeName(promotedFrom) || promotedFrom === node)) {
      return {
        where: `${where}.promotedFrom`,
        problem: `it is ${JSON.stringify(promotedFrom)}`,
        allowed: `the node that ${node} copied before`,
        remedy: STEPS,
      };
    }
    const origins = [promotedFrom, restoredFrom, replicates].filter((one) => one !== undefined).length;
    if (origins > 1) {
      return {
        where,
        problem: `${node} has several origins`,
        allowed: "one of promotedFrom, restoredFrom and replicates",
        remedy: STEPS,
      };
    }
    if (origins === 0 && node !== FIRST_NODE) {
      return {
        where,
        problem: `nothing says how ${node} came to be`,
        allowed: `promotedFrom or restoredFrom, for every node but ${FIRST_NODE}`,
        remedy: STEPS,
      };
    }
    if (where !== "primary" && promotedFrom === roles.primary.node) {
      return {
        where: `${where}.promotedFrom`,
        problem: `${node} took over from ${promotedFrom}, which is the primary again`,
        allowed: "another primary: what was written since is on the node that took over",
        remedy: "Rebuild, then switch back.",
      };
    }
  }
  return undefined;
}

function sourcesProblem(roles: DatabaseRoles): RolesProblem | undefined {
  for (const { where, restoredFrom: from } of places(roles)) {
    const problem = from && restoreSourceProblem(from);
    if (!problem) continue;
    return {
      where: `${where}.restoredFrom${problem.key}`,
      problem: `it is ${JSON.stringify(problem.value)}`,
      allowed: problem.allowed,
      remedy: problem.remedy,
    };
  }
  return undefined;
}
