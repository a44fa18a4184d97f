// Where a proxy is set, @actions/http-client makes an agent of tunnel's for each request; src/http/connection.ts puts Node's own agent in
// its place before anything is sent. An agent of this stub's can be made, therefore, and fails if it is ever used.
function agent() {
  return {
    addRequest() {
      throw new Error("tunnel is not part of this action: a request must go through Node's own agent");
    },
  };
}

exports.httpOverHttp = agent;
exports.httpsOverHttp = agent;
exports.httpOverHttps = agent;
exports.httpsOverHttps = agent;
