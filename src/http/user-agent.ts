/** Sent to servers and proxies. Nothing of the run is in it. */
export const USER_AGENT = 'appcircle-access-token-action';
