import type { HostFile } from "../../lib";

/** An application that answers with the headers that it was asked with, as JSON, and with a large one of its own. */
export const ECHO: HostFile = {
  path: "/opt/echo.py",
  content: `import http.server
import json
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Set-Cookie", "session=" + "s" * 12000)
        self.end_headers()
        self.wfile.write(json.dumps({name.lower(): value for name, value in self.headers.items()}).encode())


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
`,
};
