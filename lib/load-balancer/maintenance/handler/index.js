// Runs in AWS Lambda, as it is: what a site answers during maintenance.
const { Buffer } = require("node:buffer");
const { gunzipSync } = require("node:zlib");

const MESSAGE = "Down for maintenance. Please try again later.";

/** Whether a header like Accept or Accept-Encoding takes one of these, with a quality above 0. */
function accepts(header, names) {
  return header.split(",").some((part) => {
    const [name, ...parameters] = part.split(";").map((word) => word.trim().toLowerCase());
    return names.includes(name) && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

function wantsJson(accept) {
  const json = /(^|[,\s])application\/([\w.-]+\+)?json\b/i.test(accept);
  return json && !accepts(accept, ["text/html", "application/xhtml+xml", "text/*", "*/*"]);
}

async function handler(event) {
  const { accept = "", "accept-encoding": encodings = "" } = event.headers ?? {};
  const headers = {
    "Retry-After": process.env.RETRY_AFTER,
    "Cache-Control": "no-store",
    Vary: "Accept, Accept-Encoding",
  };
  const answer = (type, body, rest = {}) => ({
    statusCode: 503,
    statusDescription: "503 Service Unavailable",
    isBase64Encoded: false,
    headers: { ...headers, "Content-Type": type, ...rest.headers },
    body: event.httpMethod === "HEAD" ? "" : body,
    ...(rest.isBase64Encoded && event.httpMethod !== "HEAD" && { isBase64Encoded: true }),
  });

  if (wantsJson(accept)) return answer("application/json", JSON.stringify({ message: MESSAGE }));
  const page = process.env.PAGE;
  const html = "text/html; charset=utf-8";
  if (accepts(encodings, ["gzip", "*"])) {
    return answer(html, page, { headers: { "Content-Encoding": "gzip" }, isBase64Encoded: true });
  }
  return answer(html, gunzipSync(Buffer.from(page, "base64")).toString("utf8"));
}

module.exports = { handler };
