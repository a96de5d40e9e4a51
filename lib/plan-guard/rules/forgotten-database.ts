import { type GuardRule, warning } from "../guard-rule";

export const forgottenDatabase: GuardRule = {
  id: "forgotten-database",
  refuses: "nothing, but points out what Terraform leaves alone from now on",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.action === "forget")
      .map((one) =>
        warning(
          one.address,
          `${one.identifier} stays, and costs, but Terraform does not know it any more.`,
          "Write down who looks after it.",
        ),
      ),
};
