import { randomBytes, randomUUID } from 'node:crypto';
import { IOS_TEAM, ROOT } from './accounts.ts';

/** A profile of Testing Distribution or of the Enterprise App Store. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
}

/** A build profile, connected to a repository. */
export interface BuildProfile extends Profile {
  readonly branches: readonly Branch[];
  readonly workflows: readonly { readonly id: string; readonly workflowName: string }[];
  readonly configurations: readonly { readonly id: string; readonly configurationName: string }[];
}

export interface Branch {
  readonly id: string;
  readonly name: string;
  /** Newest first. */
  readonly commits: readonly { readonly id: string; readonly hash: string }[];
}

/** What the organizations of a server have built and distribute. */
export interface Projects {
  readonly buildProfiles: readonly BuildProfile[];
  readonly distributionProfiles: readonly Profile[];
  readonly storeProfiles: readonly Profile[];
}

export const MAIN_COMMIT = '5f1d7a84c0b9e23d6f8a1b4c7e0d9f2a3b5c6d7e';

export const BUILD_PROFILE: BuildProfile = {
  id: '3c1f0a5e-7b24-4d8e-9a61-52e0c7d9b813',
  name: 'Acme for Android',
  organizationId: ROOT.id,
  branches: [
    branch('develop', [randomHash(), randomHash()]),
    branch('main', [MAIN_COMMIT, randomHash(), randomHash()]),
  ],
  workflows: [
    { id: '91d3e6b2-0f4a-4c75-8e19-a6b0d2f4c837', workflowName: 'Default Push Workflow' },
    { id: '5be7c2a9-3d16-4f80-b27c-e91f0a8d6c45', workflowName: 'Release' },
  ],
  configurations: [
    { id: 'c84a1e7d-62f9-4b03-9d5c-07e3b1f6a928', configurationName: 'Default Configuration' },
  ],
};

export const DISTRIBUTION_PROFILE: Profile = {
  id: '6a0e9c3b-1d57-42f8-8b4e-f2c7a5d09e16',
  name: 'Acme testers',
  organizationId: ROOT.id,
};
const IOS_TEAM_PROFILE: Profile = {
  id: 'e17b4d92-8c3a-4f65-a0d8-b9e6c2f41d73',
  name: 'iOS testers',
  organizationId: IOS_TEAM.id,
};
export const STORE_PROFILE: Profile = {
  id: '28f5d0c7-a94e-4b1d-b3f6-4c0e8a7d2b59',
  name: 'Acme at work',
  organizationId: ROOT.id,
};

/** The projects that a sandbox has unless told otherwise. */
export const DEFAULT_PROJECTS: Projects = {
  buildProfiles: [BUILD_PROFILE],
  distributionProfiles: [DISTRIBUTION_PROFILE, IOS_TEAM_PROFILE],
  storeProfiles: [STORE_PROFILE],
};

function branch(name: string, hashes: readonly string[]): Branch {
  return { id: randomUUID(), name, commits: hashes.map((hash) => ({ id: randomUUID(), hash })) };
}

function randomHash(): string {
  return randomBytes(20).toString('hex');
}
