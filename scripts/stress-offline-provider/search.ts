import type { Case } from "./cases";
import { type Failure, failureOf } from "./trial";

/** A case that Terraform came no further with. */
export interface FailedCase extends Failure {
  readonly failed: Case;
}

/** How many cases are tried in one configuration. */
const BATCH = 40;
/** How many configurations are tried at once. */
const CONCURRENCY = 2;

/** Tries all cases, many in one configuration, and finds those that fail. */
export async function failedAmong(cases: readonly Case[]): Promise<FailedCase[]> {
  const batches: Case[][] = [];
  for (let start = 0; start < cases.length; start += BATCH) batches.push(cases.slice(start, start + BATCH));
  const found: FailedCase[][] = [];
  const waiting = batches.entries();
  const tryNext = async () => {
    for (const [index, batch] of waiting) found[index] = await failedIn(batch);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, tryNext));
  return found.flat();
}

/** Where a configuration fails, its halves are tried, until it has one case only. */
async function failedIn(batch: readonly Case[]): Promise<FailedCase[]> {
  const failure = await failureOf(batch);
  if (failure === undefined) return [];
  if (batch.length === 1) return [{ failed: batch[0]!, ...failure }];
  const middle = Math.ceil(batch.length / 2);
  const found = [...(await failedIn(batch.slice(0, middle))), ...(await failedIn(batch.slice(middle)))];
  if (found.length > 0) return found;
  const message = `only with ${batch.length - 1} others: ${failure.message}`;
  return batch.map((failed) => ({ failed, stage: failure.stage, message }));
}
