import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    "A runner without job summaries, as some of Forgejo's and Gitea's: the run says so and goes on.",
  env: { GITHUB_STEP_SUMMARY: undefined },
  inputs: { ...apiKey, 'key-expires-on': '2026-11-30' },
} satisfies Scenario;
