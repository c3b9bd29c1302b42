#!/bin/sh
# Install Kannel, the SMS gateway of the tests in tests/gateway/ (Debian and Ubuntu).
# The package starts its boxes at boot; the tests start their own, so the service is switched off.
set -eu
if [ -x /usr/sbin/bearerbox ] && [ -x /usr/sbin/smsbox ]; then
  echo "Kannel is installed: $(/usr/sbin/bearerbox --version 2>/dev/null | head -n 1)"
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "This script knows Debian and Ubuntu only. Install the package of your system that has /usr/sbin/bearerbox." >&2
  exit 1
fi
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends kannel curl
$as_root systemctl disable --now kannel 2>/dev/null || $as_root service kannel stop 2>/dev/null || true
/usr/sbin/bearerbox --version | head -n 1
