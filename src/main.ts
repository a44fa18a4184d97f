import { AppcircleClient } from './appcircle/client.ts';
import { checkOrganization, type Organization } from './appcircle/organization.ts';
import { withCliLoggedIn } from './cli.ts';
import { trustCertificates } from './http/certificates.ts';
import { Deadline } from './http/deadline.ts';
import { readSettings, type Settings, secretInputs } from './inputs.ts';
import { announceKeyExpiry, assessKey, checkKeyLasts } from './key-expiry.ts';
import { announceExchange, announceToken, outputsOf } from './outputs.ts';
import { announceRisks } from './risks.ts';
import type { Runner } from './runner/runner.ts';
import { summaryOf } from './summary.ts';
import type { World } from './world.ts';

/**
 * The story of a run: a key becomes an access token, checked and exported, or nothing is exported at all.
 * @throws Failure that says why there is no token
 */
export async function main(runner: Runner, world: World): Promise<void> {
  const { log, masks } = runner;
  for (const name of secretInputs) masks.add(runner.rawInput(name));
  runner.rememberMain();
  const settings = readSettings(runner);
  const { credential } = settings;
  announceRisks(settings, runner);
  if (settings.caCertificate) trustCertificates(settings.caCertificate);

  const deadline = new Deadline(settings.timeoutMs, world);
  const appcircle = new AppcircleClient(settings, { deadline, masks, log, world });
  try {
    const organization = await findOrganization(settings, appcircle, runner);
    announceExchange(settings, organization, log, masks);
    const token = await appcircle.exchange(credential, organization);
    const now = world.now();
    checkOrganization(token, organization, masks);
    announceToken(token, organization, log, masks, now);

    const keyExpiry = assessKey(token.keyExpiresAt, settings.keyExpiresOn, settings.expiryWarningDays, now);
    checkKeyLasts(keyExpiry, settings.expiryFailureDays, credential, now);
    announceKeyExpiry(keyExpiry, credential, log, masks, now);

    const outcome = { token, credential, organization, keyExpiry, now };
    const outputs = outputsOf(outcome, masks);
    if (settings.configureCli) {
      await withCliLoggedIn(token, settings, runner, deadline, world, () =>
        runner.publish(outputs, settings.exportEnv),
      );
    } else {
      runner.publish(outputs, settings.exportEnv);
    }
    if (settings.summary === 'always' || (settings.summary === 'auto' && keyExpiry.worthAWarning)) {
      runner.writeSummary(summaryOf(outcome, masks));
    }
  } finally {
    deadline.clear();
    appcircle.close();
  }
}

/** The sub-organization that is asked for; one given by name is looked up with a token of its own, which goes nowhere else. */
async function findOrganization(
  { subOrganization, credential }: Settings,
  appcircle: AppcircleClient,
  { log, masks }: Runner,
): Promise<Organization | undefined> {
  if (!subOrganization) return undefined;
  if ('id' in subOrganization) return { id: subOrganization.id, name: undefined };
  log.info(`Looking up the sub-organization "${masks.quote(subOrganization.name)}".`);
  const token = await appcircle.exchange(credential, undefined);
  return appcircle.findOrganization(subOrganization.name, token);
}
