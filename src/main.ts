import { AppcircleClient } from './appcircle/client.ts';
import { exchange } from './appcircle/exchange.ts';
import { findByName } from './appcircle/organization-search.ts';
import type { Organization } from './appcircle/organizations.ts';
import { TOKEN_VARIABLE } from './appcircle/token-variable.ts';
import type { Context } from './base/context.ts';
import { message } from './base/message.ts';
import { trustCertificates } from './http/certificates.ts';
import { assessKeyExpiry, expiresWithin, isWorthAWarning } from './key-expiry.ts';
import { announceKeyExpiry, expiresTooSoon } from './report/key-expiry.ts';
import { announceExchange, announceExport, announceToken } from './report/lines.ts';
import { isUnchecked, type Outcome, outputsOf } from './report/outputs.ts';
import { warnOfRisks } from './report/security-warnings.ts';
import { summaryOf } from './report/summary.ts';
import type { Runner } from './runner/github.ts';
import { checkNodeVersion } from './runner/node-version.ts';
import { isFalse, readSettings, type Settings, secretInputs, visible } from './settings.ts';

/** What a run works with, the CI system included. */
export type Run = Runner & Context;

/**
 * Exchanges a key for an access token, checks it and exports it.
 * @throws Failure where it can't, with nothing exported. Whoever catches it logs the CLI out (`logOutCli`)
 */
export async function main(run: Run): Promise<void> {
  run.secrets.add(secretInputs.map((name) => run.input(name)));
  checkNodeVersion();
  const settings = readSettings(run.input);
  warnOfRisks(settings, run);
  if (settings.caCertificate) trustCertificates(settings.caCertificate);
  if (settings.configureCli) {
    const { checkCli } = await import('./cli.ts');
    await checkCli(run);
  }

  run.deadline.start(settings.timeoutMs);
  try {
    const outcome = await getToken(settings, run);
    await exportToken(outcome, settings, run);
    summarize(outcome, settings, run);
  } finally {
    run.deadline.clear();
  }
}

/** Gets a token that has passed every check. Fails, too, where the key expires within expiry-failure-days. */
async function getToken(settings: Settings, run: Run): Promise<Outcome> {
  const { credential, authEndpoint, expiryWarningDays, expiryFailureDays } = settings;
  const client = new AppcircleClient(settings, run);
  const organization = await findOrganization(settings, client, run);
  announceExchange(credential, authEndpoint, organization, run.log);
  const token = await exchange(credential, organization, client, run);
  const keyExpiry = assessKeyExpiry(credential.expiresOn, expiryWarningDays, token.serverTime);
  const outcome = { token, credential, organization, keyExpiry };
  announceToken(outcome, run.log);
  if (keyExpiry && expiryFailureDays !== undefined && expiresWithin(keyExpiry, expiryFailureDays))
    throw expiresTooSoon(keyExpiry, expiryFailureDays, credential);
  announceKeyExpiry(keyExpiry, credential, run.log);
  return outcome;
}

/** Finds the sub-organization. A name is looked up with a token of its own, which goes nowhere else. */
async function findOrganization(
  { subOrganization, credential }: Settings,
  client: AppcircleClient,
  run: Run,
): Promise<Organization | undefined> {
  if (!subOrganization) return undefined;
  if ('id' in subOrganization) return { id: subOrganization.id, name: undefined };
  run.log.info(message`Looking up the sub-organization "${subOrganization.name}".`);
  const token = await exchange(credential, undefined, client, run);
  return findByName(subOrganization.name, token, client);
}

/** Exports the token once the CLI is logged in, which may fail. */
async function exportToken(outcome: Outcome, settings: Settings, run: Run): Promise<void> {
  const { token } = outcome;
  if (settings.configureCli) {
    const { logIn } = await import('./cli.ts');
    await logIn(token, settings, run);
  }
  const variables = settings.exportEnv ? { [TOKEN_VARIABLE]: token.value } : {};
  run.publish(outputsOf(outcome), variables);
  announceExport(settings.exportEnv, run.log);
}

/** Writes the job summary, where it is asked for or there is something to do. */
function summarize(outcome: Outcome, { summary }: Settings, run: Run): void {
  if (summary === 'never') return;
  const isNoteworthy = isWorthAWarning(outcome.keyExpiry) || isUnchecked(outcome);
  if (summary === 'auto' && !isNoteworthy) return;
  if (run.writeSummary(summaryOf(outcome, run.secrets))) return;
  run.log.info(message`The job summary could not be written. The step goes on without it.`);
}

/** Logs out a CLI that this step or an earlier one logged in, also where `configure-cli` is misspelt. */
export async function logOutCli(run: Run): Promise<void> {
  const configureCli = run.input('configure-cli');
  if (visible(configureCli) === '' || isFalse(configureCli)) return;
  const { logOutEarlier } = await import('./cli.ts');
  logOutEarlier(run);
}
