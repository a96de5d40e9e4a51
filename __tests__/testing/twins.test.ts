import type { State } from "../../lib/testing/terraform/state";
import { withTwinsInOrder } from "../../lib/testing/terraform/twins";

const DIGEST = "0123456789abc";
const eip = (number: number) => `eipalloc-${DIGEST}000${number}`;

function state(ids: Readonly<Record<string, string>>, output?: string): State {
  return {
    resources: Object.entries(ids).map(([name, id]) => ({
      mode: "managed",
      type: "aws_eip",
      name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { id } }],
    })),
    outputs: output === undefined ? {} : { one: { value: output } },
  };
}

describe("resources with the same configuration", () => {
  it("have ids in the order of their addresses, in whatever order they were made", () => {
    expect(withTwinsInOrder(state({ b: eip(0), a: eip(1) }, eip(0)), undefined)).toEqual(
      state({ b: eip(1), a: eip(0) }, eip(1)),
    );
  });

  it("keep the ids that they had", () => {
    const before = state({ b: eip(0) });
    const after = state({ b: eip(0), a: eip(1) });
    expect(withTwinsInOrder(after, before)).toEqual(after);
  });

  it("leave others alone", () => {
    const others = state({ b: "eipalloc-00000000000000000", a: "eipalloc-11111111111111111" });
    expect(withTwinsInOrder(others, undefined)).toEqual(others);
  });
});
