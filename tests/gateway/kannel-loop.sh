#!/usr/bin/env bash
# Start, stop and look at a loopback SMS gateway: operator simulator + Kannel.
#   kannel-loop.sh start     kannel-loop.sh stop [NAME]   kannel-loop.sh start-one NAME
#   kannel-loop.sh status    kannel-loop.sh mo FROM TEXT [TO]      kannel-loop.sh mt [SINCE]
# NAME: smsc | bearerbox | smsbox.  Every setting below can come from the environment.
# MO_URL is where texts go: http://kannel:<KANNEL_SECRET>@127.0.0.1:8000/sms/kannel/in
# Only processes whose pid this script wrote are ever signalled.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
RUN=${RUN:-$here/run}
ADMIN_PORT=${ADMIN_PORT:-13000} BOX_PORT=${BOX_PORT:-13001} SENDSMS_PORT=${SENDSMS_PORT:-13013}
FAKE_PORT=${FAKE_PORT:-13100} SMPP_PORT=${SMPP_PORT:-2775} SMSC_HTTP_PORT=${SMSC_HTTP_PORT:-2780}
MO_URL=${MO_URL:-http://kannel:demo-kannel@127.0.0.1:8000/sms/kannel/in}
ADMIN_PASS=${ADMIN_PASS:-adminpw} SMPP_USER=${SMPP_USER:-smppuser} SMPP_PASS=${SMPP_PASS:-smpppass}
SEND_USER=${SEND_USER:-outreach} SEND_PASS=${SEND_PASS:-sendpw} SHORTCODE=${SHORTCODE:-8088}
LOG_LEVEL=${LOG_LEVEL:-1} DLR_STORAGE=${DLR_STORAGE:-spool} CONF_IN=${CONF_IN:-$here/kannel.conf.in}
py=${PYTHON:-python3}

pidfile() { echo "$RUN/$1.pid"; }
alive()   { local p; p=$(cat "$(pidfile "$1")" 2>/dev/null) && [ -n "$p" ] && kill -0 -- "-$p" 2>/dev/null; }
render()  { # fill @NAME@ in the template from the variables above
  mkdir -p "$RUN/store" "$RUN/dlr"
  local names n args=()
  names=$(grep -o '@[A-Z_]*@' "$CONF_IN" | sort -u | tr -d @)
  for n in $names; do [ "$n" = NAMES ] || args+=(-e "s|@$n@|${!n//&/\\&}|g"); done
  [ "${FAKE:-0}" = 1 ] && args+=(-e 's/^#FAKE //')
  sed "${args[@]}" "$CONF_IN" > "$RUN/kannel.conf"
}
wait_port() { # PORT SECONDS
  local i; for ((i = 0; i < $2 * 20; i++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0; sleep 0.05
  done; echo "nothing listens on port $1 after $2 s" >&2; return 1
}
start_one() {
  alive "$1" && return 0
  local cmd port
  case $1 in
    smsc)      port=$SMSC_HTTP_PORT; cmd=("$py" "$here/smpp_smsc.py" --smpp-port "$SMPP_PORT" --http-port "$SMSC_HTTP_PORT"
                 --user "$SMPP_USER" --password "$SMPP_PASS" --log "$RUN/smsc.jsonl") ;;
    bearerbox) port=$ADMIN_PORT;     cmd=(/usr/sbin/bearerbox -v 4 "$RUN/kannel.conf") ;;
    smsbox)    port=$SENDSMS_PORT;   cmd=(/usr/sbin/smsbox -v 4 "$RUN/kannel.conf") ;;
    *) echo "no such part: $1" >&2; return 2 ;;
  esac
  setsid "${cmd[@]}" >>"$RUN/$1.out" 2>&1 </dev/null &
  echo $! >"$(pidfile "$1")"
  wait_port "$port" 10
}
stop_one() { # NAME [SIGNAL]
  # Each part was started with setsid, so its pid is also its process group.  Signalling that
  # group also reaches the smsbox which Kannel re-executes under a new pid after bearerbox dies.
  local p; p=$(cat "$(pidfile "$1")" 2>/dev/null) || return 0
  kill -"${2:-TERM}" -- "-$p" 2>/dev/null || true
  for _ in $(seq 200); do kill -0 -- "-$p" 2>/dev/null || break; sleep 0.05; done
  if kill -0 -- "-$p" 2>/dev/null; then kill -KILL -- "-$p" || true; fi
  rm -f "$(pidfile "$1")"
}
wait_bound() { # until bearerbox has both an smsbox and an SMPP session with the operator
  local i st; for ((i = 0; i < 300; i++)); do
    st=$(curl -s "http://127.0.0.1:$ADMIN_PORT/status.txt?password=$ADMIN_PASS" || true)
    grep -q 'smsbox:' <<<"$st" && grep -q 'smpp1.*(online' <<<"$st" && return 0; sleep 0.05
  done; echo "not bound after 15 s; see $RUN/bearerbox.log" >&2; return 1
}
case ${1:-} in
  start)     render; trap 'for n in smsbox bearerbox smsc; do stop_one $n; done' ERR
             start_one smsc; start_one bearerbox; start_one smsbox; wait_bound; echo up ;;
  start-one) render; start_one "$2"; if alive smsc && alive bearerbox && alive smsbox; then wait_bound; fi ;;
  stop)      if [ -n "${2:-}" ]; then stop_one "$2" "${3:-TERM}"; else
               for n in smsbox bearerbox smsc; do stop_one $n; done; fi ;;
  status)    for n in smsc bearerbox smsbox; do alive $n && echo "$n up, pid $(cat "$(pidfile $n)")" || echo "$n down"; done
             curl -s "http://127.0.0.1:$ADMIN_PORT/status.txt?password=$ADMIN_PASS" || true ;;
  mo)        "$py" - "$SMSC_HTTP_PORT" "$2" "$3" "${4:-$SHORTCODE}" <<'P'
import json, sys, urllib.request as u
port, src, text, dst = sys.argv[1:]
r = u.Request(f"http://127.0.0.1:{port}/mo", json.dumps({"from": src, "to": dst, "text": text}).encode())
print(u.urlopen(r).read().decode())
P
             ;;
  mt)        curl -s "http://127.0.0.1:$SMSC_HTTP_PORT/mt?since=${2:-0}"; echo ;;
  *) sed -n '2,7p' "$0"; exit 2 ;;
esac
