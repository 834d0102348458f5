// A Cloudflare worker: the module answers preflights, and sets the CORS headers of the application's responses.
import { Cors } from "./cors.mjs";
import module from "./edge.wasm";

const cors = new Cors(module);

export default { fetch: (request, { APPLICATION }) => cors.handle(request, (request) => APPLICATION.fetch(request)) };
