// @actions/http-client imports ProxyAgent for getAgentDispatcher() and nothing else; this action never calls that.
// undici itself would add 660 kB to dist/index.js and a third to the time of a short run. CONTRIBUTING.md tells the whole story.
exports.ProxyAgent = class ProxyAgent {
  constructor() {
    throw new Error('undici is not part of this action: getAgentDispatcher() of @actions/http-client must not be called');
  }
};
