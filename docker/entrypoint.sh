#!/usr/bin/env bash
# One image, several parts: init | web | jobs QUEUE | harvest | scheduler | any command of CKAN.
# Secrets come from files (NAME_FILE) or from the environment (NAME); the configuration is written at each start.
set -euo pipefail
umask 077

here=$(cd "$(dirname "$0")" && pwd)
export CKAN_INI="${CKAN_INI:-/run/roadmap/ckan.ini}"
storage="${CKAN_STORAGE_PATH:-/var/lib/ckan}"

value() { # value NAME: of the file that NAME_FILE names, else of NAME; ends the start if there is neither
  local name=$1 file="${1}_FILE"
  if [ -n "${!file:-}" ]; then cat "${!file}"
  elif [ -n "${!name:-}" ]; then printf '%s' "${!name}"
  else echo "$name is not set: give it in docker/.env, or a file by $file." >&2; return 1
  fi
}

write_ini() {
  local session token main datastore reader
  session=$(value SECRET_KEY)
  token=$(value TOKEN_KEY)
  main=$(value OWNER_PASSWORD)
  reader=$(value READER_PASSWORD)
  datastore="${DATABASE_HOST:-db:5432}"
  local text
  text=$(cat "$here/ckan.ini")
  text=${text//@SESSION@/$session}
  text=${text//@TOKEN@/$token}
  text=${text//@OWNER_PASSWORD@/$main}
  text=${text//@READER_PASSWORD@/$reader}
  text=${text//@DATABASE_HOST@/$datastore}
  text=${text//@DATABASE@/${DATABASE_NAME:-ckan}}
  text=${text//@DATASTORE@/${DATASTORE_NAME:-datastore}}
  text=${text//@OWNER@/${DATABASE_OWNER:-ckan}}
  text=${text//@READER@/${DATASTORE_READER:-datastore_reader}}
  text=${text//@SOLR@/${CKAN_SOLR_URL:-http://solr:8983/solr/ckan}}
  text=${text//@REDIS@/${REDIS_HOST:-redis:6379}}
  text=${text//@SITE_URL@/${CKAN_SITE_URL:-http://localhost:5000}}
  text=${text//@STORAGE@/$storage}
  mkdir -p "$(dirname "$CKAN_INI")"
  printf '%s\n' "$text" > "$CKAN_INI"
}

build_languages() {
  if [ "$1" = init ]; then python3 -m ckanext.roadmap.translations.build "$storage/i18n"; fi
  if [ -f "$storage/i18n/ckan.pot" ]; then
    local lines="ckan.i18n_directory = $storage/i18n\\nckan.locale_default = uz\\nckan.locales_offered = uz uz_Cyrl ru en"
    sed -i "s|^#@LANGUAGES@|$lines|" "$CKAN_INI"
  fi
}

init() { # tables, permissions of the DataStore, languages: safe to repeat
  ckan -c "$CKAN_INI" db init
  ckan -c "$CKAN_INI" db pending-migrations --apply
  ckan -c "$CKAN_INI" translation js
  local admin
  admin=$(value ADMIN_PASSWORD)
  ckan -c "$CKAN_INI" datastore set-permissions | PGPASSWORD=$admin psql -v ON_ERROR_STOP=1 -q \
    -h "${DATABASE_HOST%%:*}" -p "${DATABASE_HOST##*:}" -U "${DATABASE_ADMIN:-postgres}" -d postgres
  echo "CREATE SCHEMA IF NOT EXISTS roadmap_staging AUTHORIZATION ${DATABASE_OWNER:-ckan}" \
    | PGPASSWORD=$admin psql -v ON_ERROR_STOP=1 -q -h "${DATABASE_HOST%%:*}" -p "${DATABASE_HOST##*:}" \
      -U "${DATABASE_ADMIN:-postgres}" -d "${DATASTORE_NAME:-datastore}"
}

# every SECONDS WORDS...: a command whose time has come; one that fails is told and tried again
every() {
  local seconds=$1
  shift
  [ $((minute * 60 % seconds)) -eq 0 ] || return 0
  ckan -c "$CKAN_INI" "$@" || echo "$* failed; it is tried again" >&2
}

scheduler() {
  minute=0
  while true; do
    every 120 harvester run
    every 300 roadmap health beat
    every 300 roadmap content measure
    every 3600 roadmap site check --due
    every 3600 roadmap ledger extend
    every 3600 roadmap runs reconcile
    every 86400 roadmap runs prune
    every 86400 roadmap publication match
    every 86400 roadmap ledger verify
    every 86400 roadmap ledger head
    minute=$((minute + 1))
    sleep 60 &
    wait $!
  done
}

export DATABASE_HOST="${DATABASE_HOST:-db:5432}"
mkdir -p "$storage"
write_ini
build_languages "${1:-web}"
case "${1:-web}" in
  init) init ;;
  web)
    cd "$here"
    exec gunicorn --workers "${WORKERS:-2}" --threads 4 --timeout 120 --bind "${BIND:-0.0.0.0:5000}" \
      --access-logfile - wsgi:application
    ;;
  jobs) exec ckan -c "$CKAN_INI" jobs worker "${2:?name the queue}" ;;
  harvest) exec ckan -c "$CKAN_INI" roadmap worker harvest ;;
  scheduler) trap 'exit 0' TERM INT; scheduler ;;
  *) exec ckan -c "$CKAN_INI" "$@" ;;
esac
