import { AssertedResource } from "../../../lib/testing/assertions";

/** A resource of a stack `shop`, named by its address. */
export function resource(address: string, properties: Record<string, unknown> = {}): AssertedResource {
  const [type = "", name = ""] = address.split(".");
  return { address, type, name, constructPath: `shop/${name}`, properties };
}
