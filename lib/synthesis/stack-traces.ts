// CDKTF keeps the stack trace of every token and block, as text, for the rare error that shows one. Writing
// those texts is a third of the time that a large app takes to synthesize. V8 records the frames at once but
// writes the text only when it is asked for, so the same traces are kept here unwritten.

type CaptureStackTrace = (below?: (...args: never[]) => unknown) => string[];

interface StackTraceModule {
  captureStackTrace: CaptureStackTrace;
}

/**
 * Makes CDKTF write a stack trace only when an error shows it: messages stay the same, to the letter.
 *
 * Where CDKTF is built otherwise than expected, nothing is changed.
 */
export function deferStackTraces(): void {
  let traces: StackTraceModule;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- private, so it may be missing
    traces = require("cdktf/lib/tokens/private/stack-trace") as StackTraceModule;
  } catch {
    return;
  }
  if (typeof traces.captureStackTrace === "function" && isWritable(traces)) {
    traces.captureStackTrace = captureDeferred;
  }
}

function isWritable(traces: StackTraceModule): boolean {
  return Object.getOwnPropertyDescriptor(traces, "captureStackTrace")?.writable === true;
}

const captureDeferred: CaptureStackTrace = (below = captureDeferred) => {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Infinity;
  try {
    Error.captureStackTrace(holder, below);
  } finally {
    Error.stackTraceLimit = limit;
  }
  return new Proxy<string[]>([], {
    get(lines, property, receiver) {
      if (holder.stack !== undefined) {
        lines.push(...linesOf(holder.stack));
        holder.stack = undefined;
      }
      return Reflect.get(lines, property, receiver) as unknown;
    },
  });
};

function linesOf(stack: string): string[] {
  return stack
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^\s*at\s+/, ""));
}
