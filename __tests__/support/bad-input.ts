import { createHash } from "node:crypto";
import { InvalidPropError } from "../../lib";

/** Every program is refused when the construct is made, with a message that a snapshot holds. */
export function testRefusals(programs: Readonly<Record<string, () => unknown>>): void {
  it.each(Object.entries(programs))("is refused: %s", (_, make) => {
    let refusal: unknown;
    try {
      make();
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(InvalidPropError);
    expect((refusal as Error).message).toMatchSnapshot();
  });
}

/** Text that compresses to half of its length. */
export const noise = (length: number) =>
  createHash("shake256", { outputLength: length / 2 })
    .update("")
    .digest("hex");
