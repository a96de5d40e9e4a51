import { type GuardRule, refused, warning } from "../guard-rule";

export const replacedDatabase: GuardRule = {
  id: "replaced-database",
  refuses: "to delete a database and make an empty one in its place",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.action === "replace")
      .map((one) => {
        if (one.isStandalone) {
          return refused(
            one.address,
            `${one.identifier} is deleted, and another one made in its place, without its data.`,
            "Undo the change that forces the replacement; terraform plan marks it. To move data on purpose, restore a " +
              "snapshot beside it: tandem roles restore.",
          );
        }
        return warning(
          one.address,
          `${one.identifier} is deleted and built anew; until then it serves nothing and can't take over.`,
          "Replace one at a time, while others serve.",
        );
      }),
};
