// The floor: the least that a CommonJS program can do and still do the work of the action. It makes the same request over
// node:https, prints the same ::add-mask:: lines and writes the same files. It checks nothing, survives nothing and explains nothing.
const { appendFileSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');

const { env } = process;
const secret = env['INPUT_API-KEY-SECRET'];
console.log(`::add-mask::${secret}`);

const url = new URL(`${env['INPUT_AUTH-ENDPOINT']}/auth/v1/api-key/token`);
const form = new URLSearchParams({ name: env['INPUT_API-KEY-NAME'], secret }).toString();
const headers = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'content-type': 'application/x-www-form-urlencoded',
  'user-agent': 'appcircle-access-token-action',
  'content-length': Buffer.byteLength(form),
};
(url.protocol === 'https:' ? https : http)
  .request(url, { method: 'POST', headers }, (answer) => {
    let text = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk) => {
      text += chunk;
    });
    answer.on('end', () => publish(JSON.parse(text)));
  })
  .end(form);

function publish({ access_token, refresh_token, id_token, expires_in }) {
  console.log(`::add-mask::${access_token}\n::add-mask::${refresh_token}\n::add-mask::${id_token}`);
  const claims = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString());
  const expiresAt = new Date(Date.now() + expires_in * 1000).toISOString();
  appendFileSync(
    env.GITHUB_OUTPUT,
    `access-token=${access_token}\ntoken-expires-at=${expiresAt}\norganization-id=${claims.currentOrganizationId}\n` +
      'credential-type=api-key\nkey-expires-on=\nkey-days-left=\nkey-expiry-status=unknown\n',
  );
  appendFileSync(env.GITHUB_ENV, `AC_ACCESS_TOKEN=${access_token}\n`);
}
