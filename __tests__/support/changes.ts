import { TerraformStack } from "cdktf";
import { plan } from "../../lib/testing";
import { describeWhere, terraformProblem } from "./terraform";

/** One change: what is said before and after, over what a test's program says anyway. */
export type Change<P> = readonly [before: P, after: P];

export interface ChangeTests<P> {
  /** The component, as the tests' names begin. */
  readonly of: string;
  readonly stack: (props: P) => TerraformStack;
  /** Changes that Terraform does nothing for. */
  readonly nothing?: Readonly<Record<string, P | Change<P>>>;
  /** Changes that leave everything there in its place. */
  readonly inPlace: Readonly<Record<string, P | Change<P>>>;
  /** Changes that replace or delete something, which is what their snapshots are for. */
  readonly destroying: Readonly<Record<string, P | Change<P>>>;
  /** Names of the changes that the plan guard refuses; it lets all others pass. */
  readonly refusedByGuard?: readonly string[];
}

/** Plans twice: a component as it is, then with a prop changed. The snapshots say what that does. */
export function testChanges<P extends object>({
  of,
  stack,
  nothing = {},
  inPlace,
  destroying,
  refusedByGuard = [],
}: ChangeTests<P>): void {
  const planned = async (change: P | Change<P>) => {
    const [before, after] = isPair<P>(change) ? change : [{} as P, change];
    return plan(stack(before), stack(after));
  };

  for (const name of refusedByGuard) {
    if (!(name in inPlace) && !(name in destroying)) throw new Error(`${of}: there is no change "${name}".`);
  }

  describeWhere(terraformProblem(), of, () => {
    jest.setTimeout(60_000);

    it("is planned", async () => {
      const result = await plan(stack({} as P));
      expect(result).toMatchSnapshot();
      expect(result).toPassPlanGuard();
    });

    it.each(Object.entries({ "nothing is changed": {} as P, ...nothing }))(
      "changes nothing when %s",
      async (_, change) => {
        expect(await planned(change)).toChangeNothing();
      },
    );

    it.each(Object.entries(inPlace))("destroys nothing when %s", async (name, change) => {
      const result = await planned(change);
      expect(result).toDestroyNothing();
      expect(result.isEmpty).toBe(false);
      expect(result).toMatchSnapshot();
      expect(result.guard().isRefused).toBe(refusedByGuard.includes(name));
    });

    it.each(Object.entries(destroying))("destroys what is listed when %s", async (name, change) => {
      const result = await planned(change);
      expect(result).not.toDestroyNothing();
      expect(result).toMatchSnapshot();
      expect(result.guard().isRefused).toBe(refusedByGuard.includes(name));
    });
  });
}

function isPair<P>(change: P | Change<P>): change is Change<P> {
  return Array.isArray(change);
}
