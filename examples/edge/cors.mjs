// The glue between a runtime with `Request` and `Response` and the module: compile it once, answer with it for ever.
export class Cors {
  constructor(module) {
    this.module = new WebAssembly.Instance(module).exports;
  }

  /** Answers preflights, has `application` answer everything else, and sets the headers of that. */
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

  /** A status to answer with at once, if there is one, and the headers of the response; null, if there are too many. */
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
