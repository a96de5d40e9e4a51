# The server that stands for a container: the variables named by --env, and what follows the options, as JSON.
import http.server
import json
import os
import sys

WITH_VALUE = {"--name", "--network", "--log-driver", "--env"}
names, rest = [], sys.argv[1:]
while rest and rest[0].startswith("--"):
    option = rest.pop(0)
    if option in WITH_VALUE:
        value = rest.pop(0)
        if option == "--env":
            names.append(value)
BODY = json.dumps({"env": {name: os.environ.get(name) for name in names}, "args": rest}).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(BODY)


http.server.ThreadingHTTPServer(("", int(os.environ["PORT"])), Handler).serve_forever()
