#!/bin/sh
# Install zbarimg, which reads the QR codes that the tests print (Debian and Ubuntu).
set -eu
if command -v zbarimg >/dev/null; then
  echo "zbarimg is installed: $(zbarimg --version)"
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "This script knows Debian and Ubuntu only. Install the package of your system that has zbarimg." >&2
  exit 1
fi
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends zbar-tools >/dev/null
zbarimg --version
