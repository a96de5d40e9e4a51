import { HostContent } from "../user-data/host-content";
import { httpHandler } from "../user-data/http-handler";
import {
  APPLICATION_ENVIRONMENT_FILE,
  HOST_ENVIRONMENT_FILE,
  SCRIPT_DIRECTORY,
  UNIT_DEFAULTS,
  execArgument,
  leastRights,
  unitFile,
} from "../user-data/systemd-unit";

/** Port on the loopback interface that the health service listens on. */
export const HEALTH_PORT = 9081;

const SCRIPT = `${SCRIPT_DIRECTORY}/health`;
const UNIT = "health.service";

// Python is there wherever cloud-init is.
const HEALTH = `import http.client
import http.server
import json
import os
import socket
import sys
import threading
import time

ENDS = {end: os.environ.get("DATABASE_" + end.upper() + "_HOST") for end in ("writer", "reader")}
DATABASE = {end: "unknown" for end in ENDS if ENDS[end]}


def application_answers():
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=3)
    try:
        connection.request("GET", sys.argv[2], headers={"User-Agent": "host-health"})
        return 200 <= connection.getresponse().status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


# Apart from the answers, so that a database that hangs makes no host look ill.
def watch_database():
    while True:
        for end in DATABASE:
            try:
                socket.create_connection((ENDS[end], int(os.environ["DATABASE_PORT"])), timeout=3).close()
                DATABASE[end] = "reachable"
            except OSError:
                DATABASE[end] = "unreachable"
        time.sleep(30)


${httpHandler({
  server: "health",
  statements: [
    "healthy = application_answers()",
    'report = {"application": "healthy" if healthy else "failing"}',
    "if DATABASE:",
    '    report["database"] = DATABASE',
    'body = json.dumps(report).encode() + b"\\n"',
  ],
  status: "200 if healthy else 503",
  contentType: '"application/json"',
})}

threading.Thread(target=watch_database, daemon=True).start()
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
`;

/**
 * A service that tells whether the host can take requests: 200 as long as its application answers, else 503. What
 * of the database is reached stands in the answer and doesn't decide: no host is better off being replaced because
 * the database is away.
 *
 * @param path page of the application that tells its health
 */
export function healthContent(path: string): HostContent {
  return {
    files: [
      { path: SCRIPT, content: HEALTH },
      unitFile(UNIT, {
        Unit: { Description: "Health of the host", ...UNIT_DEFAULTS },
        Service: {
          EnvironmentFile: [HOST_ENVIRONMENT_FILE, APPLICATION_ENVIRONMENT_FILE],
          Restart: "always",
          RestartSec: "2",
          ...leastRights(),
          ExecStart: `/usr/bin/python3 -I ${SCRIPT} ${HEALTH_PORT} ${execArgument(path)}`,
        },
        Install: { WantedBy: "multi-user.target" },
      }),
    ],
    services: [UNIT],
  };
}
