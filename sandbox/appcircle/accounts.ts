/** An organization, root or sub-organization, as Appcircle's `identity/v1/organizations` lists it. */
export interface Organization {
  readonly id: string;
  readonly name: string;
}

/** What the two kinds of key have in common. */
interface Key {
  /** The organization that the key was made in. A token is for this one unless another is asked for. */
  readonly organizationId: string;
  /** The organizations that the key has a role in. */
  readonly organizations: readonly string[];
  /** Milliseconds since the epoch; absent: years from now. */
  readonly expiresAt?: number;
  /** Whether the key's roles let it list organizations. */
  readonly mayListOrganizations: boolean;
}

/** A key of an organization's, with roles there and in its sub-organizations. */
interface ApiKey extends Key {
  readonly name: string;
  readonly secret: string;
}

/** A person's key, with that person's roles. */
interface PersonalAccessKey extends Key {
  readonly key: string;
}

/** The organizations and keys of one Appcircle server. */
export interface Accounts {
  readonly root: Organization;
  readonly subOrganizations: readonly Organization[];
  readonly apiKeys: readonly ApiKey[];
  readonly personalAccessKeys: readonly PersonalAccessKey[];
}

export const ROOT: Organization = {
  id: '0b7c9d52-61a4-4c5b-8e0f-3a1d7f2e9c10',
  name: 'Acme Mobile',
};

export const IOS_TEAM: Organization = {
  id: 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01',
  name: 'iOS Team',
};
export const ROCKET: Organization = {
  id: '7e2b4c8d-90f1-4a36-8d5e-1c2b3a4f5e6d',
  name: 'Rocket 🚀',
};
/** Two sub-organizations of one name: the name alone does not tell them apart. */
const PAYMENTS_EUROPE: Organization = {
  id: 'a1c3e5f7-0b2d-4f68-9a7c-8e6d4b2f0a1c',
  name: 'Payments',
};
const PAYMENTS_ASIA: Organization = {
  id: 'a9c7e5b3-1d0f-4e2c-8b6a-4d8f2e0c6a1b',
  name: 'Payments',
};
/** No key but an owner's has a role here. */
export const VAULT: Organization = { id: 'f0e1d2c3-b4a5-4967-8877-665544332211', name: 'Vault' };

/** A key that was made in the root organization, with a role everywhere but in {@link VAULT}. */
const FROM_ROOT: Key = {
  organizationId: ROOT.id,
  organizations: [ROOT, IOS_TEAM, ROCKET, PAYMENTS_EUROPE, PAYMENTS_ASIA].map(({ id }) => id),
  mayListOrganizations: true,
};

export const API_KEY: ApiKey = {
  ...FROM_ROOT,
  name: 'github-actions',
  secret: 'sk_4f9a27c1d8e35b60a7f2c94e1b8d3f65',
};

/** Name and secret need form encoding in each character that has a meaning there, and beyond ASCII. */
export const AWKWARD_API_KEY: ApiKey = {
  ...FROM_ROOT,
  name: 'release & test + 100% = çok güzel',
  secret: 'p&q=r+s%20t u;v#w?x/y"z\'é🔑',
};

/** Works for the root organization alone, and can't list organizations (403). */
export const NARROW_API_KEY: ApiKey = {
  organizationId: ROOT.id,
  organizations: [ROOT.id],
  mayListOrganizations: false,
  name: 'build-only',
  secret: 'sk_b81e6d20c7f94a35928d1f4e6c0a7b53',
};

export const EXPIRED_API_KEY: ApiKey = {
  ...FROM_ROOT,
  expiresAt: Date.UTC(2026, 0, 1),
  name: 'last-year',
  secret: 'sk_e07d5c31a9b248f6807e2d9b5f1c6a43',
};

export const PERSONAL_ACCESS_KEY: PersonalAccessKey = {
  ...FROM_ROOT,
  key: 'pak_Zx81mQv4TtRk0LsWn2Yd7HcPj5Bg9FaE',
};

/** The accounts of the tests and the demo. */
export const DEFAULT_ACCOUNTS: Accounts = {
  root: ROOT,
  subOrganizations: [IOS_TEAM, ROCKET, PAYMENTS_EUROPE, PAYMENTS_ASIA, VAULT],
  apiKeys: [API_KEY, AWKWARD_API_KEY, NARROW_API_KEY, EXPIRED_API_KEY],
  personalAccessKeys: [PERSONAL_ACCESS_KEY],
};

/** Makes the `index`th generated organization, counted from 1: "Team 1", with a GUID that ends in the number. */
export function generatedOrganization(index: number): Organization {
  return {
    id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    name: `Team ${index}`,
  };
}

/** Adds `count` sub-organizations to the default accounts, and gives {@link API_KEY} a role in them. */
export function accountsWithOrganizations(count: number): Accounts {
  const generated = Array.from({ length: count }, (_, index) => generatedOrganization(index + 1));
  const organizations = [...FROM_ROOT.organizations, ...generated.map(({ id }) => id)];
  return {
    ...DEFAULT_ACCOUNTS,
    subOrganizations: [...DEFAULT_ACCOUNTS.subOrganizations, ...generated],
    apiKeys: [{ ...API_KEY, organizations }],
  };
}
