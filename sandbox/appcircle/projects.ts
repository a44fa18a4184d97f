import { ROOT } from './accounts.ts';

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

export const BUILD_PROFILE: BuildProfile = {
  id: '3c1f0a5e-7b24-4d8e-9a61-52e0c7d9b813',
  name: 'Acme for Android',
  organizationId: ROOT.id,
  branches: [
    {
      id: '5d0b8f3a-96c2-4e17-a4d8-2f7c1e9b6053',
      name: 'main',
      commits: [
        {
          id: 'b3e6a9d1-08f4-4c52-97ab-d1c5f2e08374',
          hash: '5f1d7a84c0b9e23d6f8a1b4c7e0d9f2a3b5c6d7e',
        },
      ],
    },
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
export const STORE_PROFILE: Profile = {
  id: '28f5d0c7-a94e-4b1d-b3f6-4c0e8a7d2b59',
  name: 'Acme at work',
  organizationId: ROOT.id,
};
