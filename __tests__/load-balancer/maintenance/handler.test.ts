import { gunzipSync, gzipSync } from "node:zlib";

// The file as it is packed for AWS Lambda.
const { handler } = jest.requireActual("../../../lib/load-balancer/maintenance/handler");

const PAGE = "<!doctype html><h1>Back soon – à bientôt</h1>";

const ask = (headers: Record<string, string | undefined> | undefined, httpMethod = "GET") =>
  handler({ httpMethod, path: "/", headers });

describe("the maintenance page's function", () => {
  const before = { ...process.env };
  beforeAll(() => {
    process.env.PAGE = gzipSync(PAGE).toString("base64");
    process.env.RETRY_AFTER = "900";
  });
  afterAll(() => {
    process.env = before;
  });

  it("says that the site is away, for how long, and that nobody shall keep the answer", async () => {
    expect(await ask({ accept: "text/html" })).toEqual({
      statusCode: 503,
      statusDescription: "503 Service Unavailable",
      isBase64Encoded: false,
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Retry-After": "900",
        "Cache-Control": "no-store",
        Vary: "Accept, Accept-Encoding",
      },
      body: PAGE,
    });
  });

  it.each(["gzip", "br, gzip;q=0.8", "GZIP", "*"])(
    "compresses the page for clients that accept %s",
    async (encodings) => {
      const answer = await ask({ accept: "*/*", "accept-encoding": encodings });
      expect(answer).toMatchObject({ isBase64Encoded: true, headers: { "Content-Encoding": "gzip" } });
      expect(gunzipSync(Buffer.from(answer.body, "base64")).toString()).toBe(PAGE);
    },
  );

  it.each(["", "br", "gzip;q=0", "gzip; q=0.0", "x-gzip-like"])(
    "compresses nothing for clients that accept '%s'",
    async (encodings) => {
      const answer = await ask({ "accept-encoding": encodings });
      expect(answer).toMatchObject({ isBase64Encoded: false, body: PAGE });
      expect(answer.headers).not.toHaveProperty("Content-Encoding");
    },
  );

  it.each(["application/json", "application/problem+json, application/json;q=0.9"])(
    "answers JSON where the client accepts only that: %s",
    async (accept) => {
      const answer = await ask({ accept, "accept-encoding": "gzip" });
      expect(answer.headers).toMatchObject({ "Content-Type": "application/json", "Retry-After": "900" });
      expect(JSON.parse(answer.body)).toEqual({ message: expect.stringContaining("maintenance") });
    },
  );

  it.each([
    "application/json, text/html",
    "application/json, */*;q=0.1",
    "image/avif,*/*",
    "application/jsonx",
  ])("answers the page where the client accepts it, too: %s", async (accept) => {
    expect((await ask({ accept })).headers["Content-Type"]).toBe("text/html; charset=utf-8");
  });

  it.each([{ "accept-encoding": "gzip" }, { accept: "application/json" }, {}])(
    "answers HEAD with headers alone: %j",
    async (headers) => {
      const answer = await ask(headers, "HEAD");
      expect(answer).toMatchObject({ statusCode: 503, body: "", isBase64Encoded: false });
      expect(answer.headers["Retry-After"]).toBe("900");
    },
  );

  it("answers requests without headers", async () => {
    expect((await ask(undefined)).body).toBe(PAGE);
  });
});
