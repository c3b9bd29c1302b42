#!/bin/sh
# What the browser tests, `make screens` and `make bench` need besides the Python environment.
# On Debian, as root or with sudo. Quick when everything is there.
set -eu
cd "$(dirname "$0")/.."

AXE=4.14.1
VNU=26.9.27
TOOLS=var/tools

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# A later line of the list is only asked for where its command is missing.
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v java >/dev/null || missing="$missing default-jre-headless"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
dpkg -s fonts-noto-core >/dev/null 2>&1 || missing="$missing fonts-noto-core"
if [ -n "$missing" ]; then
  as_root apt-get update -q
  # shellcheck disable=SC2086 – a list of packages
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
fi

has() { grep -qs "\"version\": *\"$2\"" "$TOOLS/node_modules/$1/package.json"; }
if ! has axe-core "$AXE" || ! has vnu-jar "$VNU"; then
  mkdir -p "$TOOLS"
  # No install scripts: the checker's would fetch a Java of its own.
  npm install --prefix "$TOOLS" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --silent \
    "axe-core@$AXE" "vnu-jar@$VNU"
fi
echo "Browser tools are ready."
