import { AppcircleClient } from './appcircle/client.ts';
import { exchange } from './appcircle/exchange.ts';
import { findByName } from './appcircle/organization-search.ts';
import type { Organization } from './appcircle/organizations.ts';
import type { Context } from './base/context.ts';
import { message } from './base/message.ts';
import { trustCertificates } from './http/certificates.ts';
import {
  announceKeyExpiry,
  assessKeyExpiry,
  checkKeyLasts,
  isWorthAWarning,
} from './key-expiry.ts';
import { announceExchange, announceExport, announceToken } from './report/lines.ts';
import { isUnchecked, type Outcome, outputsOf } from './report/outputs.ts';
import { warnOfRisks } from './report/security-warnings.ts';
import { summaryOf } from './report/summary.ts';
import type { Runner } from './runner/github.ts';
import { checkNodeVersion } from './runner/node-version.ts';
import { readSettings, type Settings, secretInputs } from './settings.ts';

/**
 * Exchanges a key for an access token, checks it and exports it.
 * @throws Failure where it can't, with nothing exported. The entry logs the CLI out then
 */
export async function main(runner: Runner, context: Context): Promise<void> {
  const { log, deadline } = context;
  runner.secrets.add(secretInputs.map((name) => runner.input(name)));
  checkNodeVersion();
  const settings = readSettings(runner.input);
  const { credential } = settings;
  warnOfRisks(settings, context);
  if (settings.caCertificate) trustCertificates(settings.caCertificate);
  if (settings.configureCli) await (await import('./cli.ts')).checkCli(context);

  deadline.start(settings.timeoutMs);
  const client = new AppcircleClient(settings, context);
  try {
    const organization = await findOrganization(settings, client, context);
    announceExchange(credential, settings.authEndpoint, organization, log);
    const token = await exchange(credential, organization, client, context);

    const keyExpiry = assessKeyExpiry(
      settings.keyExpiresOn,
      settings.expiryWarningDays,
      token.serverTime,
    );
    const outcome = { token, credential, organization, keyExpiry };
    announceToken(outcome, log);
    checkKeyLasts(keyExpiry, settings.expiryFailureDays, credential);
    announceKeyExpiry(keyExpiry, credential, log);

    await publish(outcome, settings, runner, context);
    const warned = isWorthAWarning(keyExpiry) || isUnchecked(outcome);
    if (settings.summary === 'always' || (settings.summary === 'auto' && warned)) {
      const written = runner.writeSummary(summaryOf(outcome, runner.secrets));
      if (!written)
        log.info(message`The job summary could not be written. The step goes on without it.`);
    }
  } finally {
    deadline.clear();
  }
}

/** Finds the sub-organization. A name is looked up with a token of its own, which goes nowhere else. */
async function findOrganization(
  { subOrganization, credential }: Settings,
  client: AppcircleClient,
  context: Context,
): Promise<Organization | undefined> {
  if (!subOrganization) return undefined;
  if ('id' in subOrganization) return { id: subOrganization.id, name: undefined };
  context.log.info(message`Looking up the sub-organization "${subOrganization.name}".`);
  const token = await exchange(credential, undefined, client, context);
  return findByName(subOrganization.name, token, client);
}

/** Logs the CLI in first, since that may fail. */
async function publish(
  outcome: Outcome,
  settings: Settings,
  runner: Runner,
  context: Context,
): Promise<void> {
  const { token } = outcome;
  if (settings.configureCli)
    await (await import('./cli.ts')).logIn(token, settings, runner, context);
  runner.publish(outputsOf(outcome), settings.exportEnv ? { AC_ACCESS_TOKEN: token.value } : {});
  announceExport(settings.exportEnv, context.log);
}

/** Logs out a CLI that this step or an earlier one logged in. A `configure-cli` that was misspelt errs to the safe side. */
export async function logOutCli(runner: Runner): Promise<void> {
  if (/^(false|False|FALSE)?$/.test(runner.input('configure-cli').trim())) return;
  (await import('./cli.ts')).logOutEarlier(runner);
}
