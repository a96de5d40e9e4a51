import { numberText } from "../../expressions";
import { HostContent } from "../user-data/host-content";
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


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body in one packet, or the client waits for the second one.
    wbufsize = -1

    def do_GET(self):
        health = self.path.split("?")[0] == "/health"
        body = b"ok\\n" if health else PAGE
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if health else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def version_string(self):
        return "status-page"

    def log_message(self, *args):
        pass


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
