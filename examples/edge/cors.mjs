// Passes the `Request` and `Response` of a runtime to the module. Compile the module once, not for each request.
export class Cors {
  constructor(module) {
    this.module = new WebAssembly.Instance(module).exports;
  }

  /**
   * Answers preflights. Calls `application`, from a `Request` to a `Response` or a promise of one, for everything else, and sets
   * the CORS headers of its response.
   */
  async handle(request, application) {
    const before = this.answer(request.method, request.headers, []);
    if (before === null) return new Response(null, { status: 431 });
    if (before.status !== null) return new Response(null, before);
    const response = await application(request);
    const after = this.answer(request.method, request.headers, response.headers);
    if (after === null) return new Response(null, { status: 500 });
    const { status, statusText } = response;
    return new Response(response.body, { status, statusText, headers: after.headers });
  }

  /**
   * Returns the status to answer with at once, or null if the application answers; and all headers of the response. Returns null
   * if the headers do not fit into the module's memory.
   */
  answer(method, requestHeaders, responseHeaders) {
    const lines = (headers) => [...headers].map(([name, value]) => `${name}: ${value}\n`).join("");
    const head = `${method}\n${lines(requestHeaders)}\n${lines(responseHeaders)}`;
    const { memory, input, output, limit, answer } = this.module;
    if (head.length > limit()) return null;
    const into = new Uint8Array(memory.buffer, input(), head.length);
    for (let place = 0; place < head.length; place++) into[place] = head.charCodeAt(place); // Header values are Latin-1.
    const length = answer(head.length);
    if (length === 0) return null;
    let text = "";
    for (const byte of new Uint8Array(memory.buffer, output(), length)) text += String.fromCharCode(byte);
    const [status, ...written] = text.trimEnd().split("\n");
    const headers = written.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]);
    return { status: status === "---" ? null : Number(status), headers };
  }
}
