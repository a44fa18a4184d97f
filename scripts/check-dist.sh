#!/usr/bin/env bash
# Builds dist/ from scratch and fails unless that is byte for byte what is committed.
set -euo pipefail
cd "$(dirname "$0")/.."

rm -rf dist
npm run build
changed=$(git status --porcelain -- dist)
if [ -n "$changed" ]; then
  printf 'dist/ is not what the source builds. Commit the result of "npm run build":\n%s\n' "$changed" >&2
  exit 1
fi
