import { numberText } from "../../expressions";
import { HostContent } from "../user-data/host-content";
import { httpHandler } from "../user-data/http-handler";
import {
  APPLICATION_UNIT,
  SCRIPT_DIRECTORY,
  SERVICE_DEFAULTS,
  UNIT_DEFAULTS,
  applicationRights,
  unitFile,
} from "../user-data/systemd-unit";

const SCRIPT = `${SCRIPT_DIRECTORY}/status-page`;

// Python is there wherever cloud-init is, so the page needs no package and no internet.
const STATUS_PAGE = `import html
import http.server
import os
import socket
import sys

HOST = os.environ.get("INSTANCE_ID") or socket.gethostname()
ZONE = os.environ.get("AVAILABILITY_ZONE") or "unknown"
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{host}</title>
<style>body {{ font: 1.25rem system-ui; margin: 4rem auto; max-width: 40rem; padding: 0 1rem }}</style>
<h1>{host}</h1>
<p>Availability zone: <strong>{zone}</strong></p>
<p>Reload: the load balancer sends the next request to the next host.</p>
</html>
""".format(host=html.escape(HOST), zone=html.escape(ZONE)).encode()


${httpHandler({
  server: "status-page",
  statements: ['health = self.path.split("?")[0] == "/health"', 'body = b"ok\\n" if health else PAGE'],
  status: "200",
  contentType: '"text/plain" if health else "text/html; charset=utf-8"',
})}

http.server.ThreadingHTTPServer(("", int(sys.argv[1])), Handler).serve_forever()
`;

/** @internal */
export function statusPageContent(port: number): HostContent {
  return {
    files: [
      { path: SCRIPT, content: STATUS_PAGE },
      unitFile(APPLICATION_UNIT, {
        Unit: { Description: "Status page", ...UNIT_DEFAULTS },
        Service: {
          ...SERVICE_DEFAULTS,
          ...applicationRights(port),
          ExecStart: `/usr/bin/python3 -I ${SCRIPT} ${numberText(port)}`,
        },
        Install: { WantedBy: "multi-user.target" },
      }),
    ],
    services: [APPLICATION_UNIT],
  };
}
