// @actions/http-client makes an agent of tunnel's where a proxy is set, but not for the one method that src/http/raw-request.ts calls.
// Node refuses what this makes, should it ever be used: it is no agent.
const noAgent = () => ({});

export {
  noAgent as httpOverHttp,
  noAgent as httpOverHttps,
  noAgent as httpsOverHttp,
  noAgent as httpsOverHttps,
};
