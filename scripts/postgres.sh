# Sourced by ./test: a private PostgreSQL on a socket, also when root. Defines start_postgres, stop_postgres.

find_postgres() {
  for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) $(dirname "$(command -v initdb 2>/dev/null || echo /)"); do
    [ -x "$bin/initdb" ] && { printf '%s' "$bin"; return 0; }
  done
  return 1
}

start_postgres() {
  PG_BIN=$(find_postgres) || return 1
  PG_DIR=$(mktemp -d /tmp/cdv-pg.XXXXXX)
  PG_AS=""
  if [ "$(id -u)" = 0 ]; then
    user=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$user" "$PG_DIR"
    PG_AS="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups --"
  fi
  chmod 700 "$PG_DIR"
  (
    cd "$PG_DIR"
    $PG_AS "$PG_BIN/initdb" -D "$PG_DIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >"$PG_DIR/init.log" 2>&1
    $PG_AS "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -w -t 60 -l "$PG_DIR/log" \
      -o "-c listen_addresses='' -k $PG_DIR -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null
  ) || { cat "$PG_DIR/init.log" "$PG_DIR/log" 2>/dev/null >&2; return 1; }
  PG_URL="postgres://postgres@/postgres?host=$PG_DIR"
}

stop_postgres() {
  [ -n "${PG_DIR:-}" ] || return 0
  (cd "$PG_DIR" && $PG_AS "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$PG_DIR"
  PG_DIR=""
}
