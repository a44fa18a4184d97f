// @actions/http-client imports ProxyAgent for getAgentDispatcher() and nothing else; this action never calls that.
// undici itself would add 0.9 MB to dist/index.js and half again to its start-up time. CONTRIBUTING.md tells the whole story.
exports.ProxyAgent = class ProxyAgent {
  constructor() {
    throw new Error(
      'undici is not part of this action: getAgentDispatcher() of @actions/http-client must not be called',
    );
  }
};
