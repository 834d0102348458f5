// Sends requests to the example over HTTP, and compares each response: `node check.mjs edge.wasm`.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { Cors } from "./cors.mjs";
import { application, serve } from "./server.mjs";

const ORIGIN = "https://eu.app.example";
const PREFLIGHT = {
  "access-control-allow-origin": ORIGIN,
  "access-control-allow-credentials": "true",
  "access-control-allow-methods": "PUT, DELETE",
  "access-control-allow-headers": "content-type",
  "access-control-max-age": "600",
  vary: "origin",
};
const READ = {
  "access-control-allow-origin": ORIGIN,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "etag",
};

// Method, header lines; expected: status, CORS headers, and whether the request reaches the application.
const CASES = [
  ["OPTIONS", ["Origin", ORIGIN, "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "content-type"], 204, PREFLIGHT, false],
  ["OPTIONS", ["origin", "https://app.example", "access-control-request-method", "PUT"], 403, { vary: "origin" }, false],
  ["OPTIONS", ["origin", "http://localhost:65536", "access-control-request-method", "PUT"], 403, { vary: "origin" }, false],
  ["OPTIONS", ["access-control-request-method", "PUT"], 204, { vary: "origin" }, true],
  ["OPTIONS", ["origin", ORIGIN], 204, { ...READ, vary: "origin" }, true],
  ["GET", ["origin", ORIGIN], 200, { ...READ, vary: "Accept, origin" }, true],
  ["GET", ["origin", ORIGIN, "cookie", "caf\xe9=1"], 200, { ...READ, vary: "Accept, origin" }, true],
  ["PUT", ["origin", ORIGIN, "content-length", "0"], 200, { ...READ, vary: "Accept, origin" }, true],
  ["GET", ["origin", "https://evil.example"], 200, { vary: "Accept, origin" }, true],
  ["GET", ["origin", ORIGIN, "origin", ORIGIN], 200, { vary: "Accept, origin" }, true],
  ["GET", [], 200, { vary: "Accept, origin" }, true],
  ["GET", Array.from({ length: 300 }, (_, i) => [`x-${i}`, "1"]).flat(), 431, {}, false],
];

const cors = new Cors(await WebAssembly.compile(await readFile(process.argv[2])));
let asked = 0;
const server = serve((request) => cors.handle(request, (request) => (asked++, application(request))));
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const send = (method, headers) =>
  new Promise((resolve, reject) => {
    const host = ["Host", "api.example"];
    const { port } = server.address();
    request({ port, method, path: "/items", headers: [...host, ...headers], agent: false }, (response) => {
      response.resume().on("end", () => resolve(response));
    }).on("error", reject).end();
  });

for (const [method, lines, status, expected, reaches] of CASES) {
  asked = 0;
  const response = await send(method, lines);
  const ours = Object.entries(response.headers).filter(([name]) => name === "vary" || name.startsWith("access-control-"));
  const what = `${method} ${lines.slice(0, 6).join(" ")}`;
  assert.equal(response.statusCode, status, what);
  assert.deepEqual(Object.fromEntries(ours), expected, what);
  assert.equal(asked > 0, reaches, what);
}
server.close();
console.log(`${CASES.length} requests answered as they should be`);
