// An HTTP server with an application behind the module: `node server.mjs edge.wasm [port]`.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { Cors } from "./cors.mjs";

/** The application behind the policy. It has no code for CORS, and gets no preflights. */
export async function application(request) {
  const { pathname } = new URL(request.url);
  if (pathname !== "/items") return new Response("no such thing", { status: 404 });
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow: "GET, PUT, DELETE" } });
  const text = request.method === "PUT" ? await request.text() : "[]";
  return new Response(text, { headers: { "content-type": "application/json", etag: '"1"', vary: "Accept", "x-secret": "1" } });
}

/** A server of Node around `handle`, a function from a `Request` to a `Response`. */
export function serve(handle) {
  return createServer(async (incoming, outgoing) => {
    const headers = new Headers();
    // `Headers` joins the lines of one name. Two lines of `Origin` become one value, which is not an origin.
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) headers.append(incoming.rawHeaders[i], incoming.rawHeaders[i + 1]);
    const body = ["GET", "HEAD"].includes(incoming.method) ? undefined : incoming;
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, { method: incoming.method, headers, body, duplex: "half" });
    const response = await handle(request);
    outgoing.writeHead(response.status, [...response.headers].flat());
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const cors = new Cors(await WebAssembly.compile(await readFile(process.argv[2])));
  const server = serve((request) => cors.handle(request, application));
  server.listen(Number(process.argv[3] ?? 8080), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/items`));
}
