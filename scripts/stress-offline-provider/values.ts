import { createHash } from "node:crypto";
import type { Attribute, Block, NestedBlock, Type } from "../../lib/testing/offline-provider/schema";
import type { Value, Values } from "../../lib/testing/offline-provider/values";

/** Which arguments get a value, and which blocks there are. */
export interface Fill {
  readonly arguments: "required" | "all";
  readonly blocks: "required" | "all";
}

/** Where a value stands. Equal places have equal values. */
interface Place {
  /** Dotted, from the type on. */
  readonly path: string;
  /** Sum of the indexes on the way: elements of one collection differ in it, as a set would have one of them only. */
  readonly index: number;
}

/** Texts of all kinds, among them those that are easily lost on the way. */
const TEXTS = ["text", "", "Größe: 1\n\t\"quoted\" \\ 'too' & <b>", "$${no_template}", '{"key":["value"]}'];

/** Among them fractions that have no exact binary form, and more than 32 bits. */
const NUMBERS = [1, 0, 0.1, 1.5, -1, 8_589_934_592];

/** Texts that the provider reads; all others only pass through it. */
const READ_TEXTS: readonly [RegExp, (index: number) => string][] = [
  [/\.region$/, (index) => `eu-west-${index + 1}`],
  [/polic(y|ies)[^.]*$|json[^.]*$/, (index) => JSON.stringify({ Version: "2012-10-17", Id: `id-${index}` })],
];

/** A configuration of a type. Where all arguments have a value, that is all that can be set. */
export function configurationOf(type: string, block: Block, fill: Fill): Values {
  return valuesOf(block, fill, { path: type, index: 0 }, 2);
}

/** @param several how many blocks of one kind there are, where there may be any number */
function valuesOf(block: Block, fill: Fill, place: Place, several: number): Values {
  const values: Values = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (isGiven(attribute, fill)) values[name] = valueOf(attribute.type, member(place, name));
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const count = blockCount(nested, fill, several);
    if (count > 0) values[name] = blocksOf(nested, count, fill, member(place, name));
  }
  return values;
}

function isGiven({ required, optional }: Attribute, fill: Fill): boolean {
  return Boolean(required || (fill.arguments === "all" && optional));
}

function blockCount({ nesting, minItems, maxItems }: NestedBlock, fill: Fill, several: number): number {
  const least = minItems ?? 0;
  if (fill.blocks === "required") return least;
  // Zero is no maximum in Terraform's protocol.
  return nesting === "single" ? 1 : Math.max(least, Math.min(maxItems || Infinity, several));
}

/** Blocks in blocks are one of each kind; they would grow out of hand. */
function blocksOf(nested: NestedBlock, count: number, fill: Fill, place: Place): Value {
  const elements = range(count).map((index) => valuesOf(nested.block, fill, element(place, index), 1));
  if (nested.nesting === "single") return elements[0]!;
  return nested.nesting === "map" ? keyed(elements) : elements;
}

function valueOf(type: Type, place: Place): Value {
  if (type === "string") return textOf(place);
  if (type === "number") return NUMBERS[choice(place, NUMBERS.length)]! + place.index;
  if (type === "bool") return (choice(place, 2) + place.index) % 2 === 0;
  // Of any type.
  if (typeof type === "string") return { key: [textOf(place), 1, true] };
  if (type[0] === "object") {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, one]) => [name, valueOf(one, member(place, name))]),
    );
  }
  if (type[0] === "tuple") return type[1].map((one, index) => valueOf(one, element(place, index)));
  const elements = range(2).map((index) => valueOf(type[1], element(place, index)));
  return type[0] === "map" ? keyed(elements) : elements;
}

function textOf(place: Place): string {
  const read = READ_TEXTS.find(([pattern]) => pattern.test(place.path));
  if (read) return read[1](place.index);
  return TEXTS[choice(place, TEXTS.length)]! + (place.index || "");
}

function keyed(elements: readonly Value[]): Values {
  return Object.fromEntries(elements.map((one, index) => [`key.${index}/ ä`, one]));
}

function member({ path, index }: Place, name: string): Place {
  return { path: `${path}.${name}`, index };
}

function element({ path, index }: Place, ofCollection: number): Place {
  return { path, index: index + ofCollection };
}

function choice({ path }: Place, count: number): number {
  return createHash("sha256").update(path).digest().readUInt32BE() % count;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
