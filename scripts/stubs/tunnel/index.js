// Where a proxy is set, @actions/http-client makes an agent of tunnel's for each request; src/http/connection.ts puts an agent of its own in
// its place before anything is sent. Node refuses what this makes, should it ever be used: it is no agent.
const noAgent = () => ({});

export {
  noAgent as httpOverHttp,
  noAgent as httpOverHttps,
  noAgent as httpsOverHttp,
  noAgent as httpsOverHttps,
};
