import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { type IncomingMessage, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAbandoned, processMark } from "../process-mark";
import { Session, type SessionRequest } from "./session";

// The offline provider's process. It opens sessions for whoever reaches its socket, and ends with the process that
// started it: then its standard input ends, however that process ended.

/** The path of a socket has at most 103 bytes (macOS), of which sessions need some fifty. */
const PARENT = Buffer.byteLength(tmpdir()) > 50 ? "/tmp" : tmpdir();

removeLeftovers();
const root = mkdtempSync(join(PARENT, processMark()));
const sessions = new Map<string, Session>();
let opened = 0;

const control = createServer((request, response) => {
  handle(request).then(
    (result) => response.end(JSON.stringify(result)),
    (error: unknown) => {
      response.statusCode = 422;
      response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
    },
  );
});

async function handle(request: IncomingMessage): Promise<unknown> {
  if (request.method === "POST") {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const id = String((opened += 1));
    const session = await Session.open(
      join(root, id),
      JSON.parse(Buffer.concat(chunks).toString("utf8")) as SessionRequest,
    );
    sessions.set(id, session);
    return { id, ...session.access };
  }
  const id = request.url!.slice(1);
  sessions.get(id)?.close();
  sessions.delete(id);
  return {};
}

/** Folders of processes that were killed together with the one that started them. */
function removeLeftovers(): void {
  for (const name of readdirSync(PARENT)) {
    if (!isAbandoned(name)) continue;
    try {
      rmSync(join(PARENT, name), { recursive: true, force: true });
    } catch {
      // It is somebody else's.
    }
  }
}

function end(): void {
  for (const session of sessions.values()) session.close();
  rmSync(root, { recursive: true, force: true });
  process.exit(0);
}

control.listen(join(root, "control.sock"), () => process.stdout.write(`${join(root, "control.sock")}\n`));
process.stdin.on("end", end).on("error", end).resume();
process.on("SIGTERM", end);
