#!/bin/sh
# PostgreSQL and Redis for the tests: say that they answer, or install and start Debian's.
set -eu
DATABASE_HOST=${DATABASE_HOST:-127.0.0.1}

install() {
  if [ "$(id -u)" != 0 ]; then
    echo "$1 does not answer. Start it, or as root: apt-get install $2" >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

if ! python3 - "$DATABASE_HOST" 5432 <<'P'
import socket, sys
sys.exit(socket.socket().connect_ex((sys.argv[1], int(sys.argv[2]))))
P
then
  install PostgreSQL postgresql
  cluster=$(ls /etc/postgresql | tail -n 1)
  # A server for tests only: reachable from this machine, without a password.
  sed -i 's/\(127.0.0.1\/32 *\)scram-sha-256/\1trust/' "/etc/postgresql/$cluster/main/pg_hba.conf"
  pg_ctlcluster --skip-systemctl-redirect "$cluster" main restart
fi
if ! python3 - 127.0.0.1 6379 <<'P'
import socket, sys
sys.exit(socket.socket().connect_ex((sys.argv[1], int(sys.argv[2]))))
P
then
  install Redis redis-server
  redis-server --daemonize yes --bind 127.0.0.1 --port 6379 --save "" >/dev/null
fi
