#!/usr/bin/env bash
# Installs the tools that .ci/run needs beyond npm's into .tools/, at pinned versions. Needs Go and Python 3.
# Go checks each module against its checksum database, pip each package against the hashes in .ci/requirements.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

export GOBIN="$PWD/.tools/bin"
go install github.com/nektos/act@v0.2.87
go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12

python3 -m venv .tools/python
.tools/python/bin/pip install --quiet --require-hashes --requirement .ci/requirements.txt
ln -sf ../python/bin/zizmor ../python/bin/shellcheck .tools/bin/

.tools/bin/act --version
.tools/bin/actionlint --version | head -n 1
.tools/bin/zizmor --version
.tools/bin/shellcheck --version | sed -n 's/^version: /shellcheck /p'
