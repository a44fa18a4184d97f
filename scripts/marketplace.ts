// What GitHub Marketplace asks of an action's metadata, which only shows when somebody publishes it.

interface Listing {
  readonly name?: string;
  readonly description?: string;
  readonly branding?: { readonly icon?: string; readonly color?: string };
}

/** Longer descriptions are refused ("Description must be less than 125 characters"). */
const LONGEST_DESCRIPTION = 124;

/** https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#brandingcolor */
const COLORS = [
  'white',
  'black',
  'yellow',
  'blue',
  'green',
  'orange',
  'red',
  'purple',
  'gray-dark',
];

/** What would keep an action off the Marketplace. That the name is free there, only the Marketplace knows. */
export function marketplaceProblems({ name = '', description = '', branding }: Listing): string[] {
  const problems: string[] = [];
  if (name.trim() === '') problems.push('name is empty.');
  if (description.trim() === '') problems.push('description is empty.');
  if (description.length > LONGEST_DESCRIPTION)
    problems.push(
      `description has ${description.length} characters; at most ${LONGEST_DESCRIPTION} are allowed.`,
    );
  if (!branding?.icon) problems.push('branding has no icon.');
  if (!COLORS.includes(branding?.color ?? ''))
    problems.push(`branding has none of these colors: ${COLORS.join(', ')}.`);
  return problems;
}
