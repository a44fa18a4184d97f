// @actions/http-client imports ProxyAgent for getAgentDispatcher() and nothing else. This action never calls that, and it would throw here.
// undici itself would add 660 kB to dist/index.js and a third to the time of a short run. CONTRIBUTING.md tells the whole story.
export const ProxyAgent = undefined;
