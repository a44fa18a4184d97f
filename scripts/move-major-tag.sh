#!/usr/bin/env bash
# Points the major tag (v1) at a release: move-major-tag.sh v1.2.3 <commit>
# Through the API, so that no credentials need to be left in the checkout. Needs GH_TOKEN and GITHUB_REPOSITORY.
set -euo pipefail

major=${1%%.*}
commit=$2
refs="repos/$GITHUB_REPOSITORY/git/refs"

if gh api "repos/$GITHUB_REPOSITORY/git/ref/tags/$major" --silent; then
  gh api --method PATCH "$refs/tags/$major" -f sha="$commit" -F force=true --silent
else
  gh api --method POST "$refs" -f ref="refs/tags/$major" -f sha="$commit" --silent
fi
echo "$major is now $commit"
