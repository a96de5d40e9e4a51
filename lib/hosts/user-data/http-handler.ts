/** What a host's own small server answers, in Python. */
export interface HttpAnswer {
  /** How the server names itself in the header `Server`. */
  readonly server: string;
  /** Statements that set `body`, and whatever the status and the type are told from. */
  readonly statements: readonly string[];
  /** Expression of the status. */
  readonly status: string;
  /** Expression of the content type. */
  readonly contentType: string;
}

/** Python's class `Handler`: answers GET and HEAD over HTTP/1.1 with keep-alive, uncached, and logs nothing. */
export function httpHandler({ server, statements, status, contentType }: HttpAnswer): string {
  return `class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body in one packet, or the client waits for the second one.
    wbufsize = -1

    def do_GET(self):
        ${statements.join("\n        ")}
        self.send_response(${status})
        self.send_header("Content-Type", ${contentType})
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def version_string(self):
        return "${server}"

    def log_message(self, *args):
        pass
`;
}
