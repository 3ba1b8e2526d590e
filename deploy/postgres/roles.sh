#!/usr/bin/env bash
# PostgreSQL's image runs this at its first start, on an empty volume: it makes the roles and the database of
# docs/how-to/run-it.md. Each role gets the password that stands in its address.
set -euo pipefail

password_of() { # ROLE FILE, a file that holds postgresql://ROLE:PASSWORD@HOST:PORT/DATABASE
  if [[ $(<"$2") =~ ^postgresql://$1:([[:alnum:]_.~-]+)@ ]]; then
    printf '%s' "${BASH_REMATCH[1]}"
  else
    echo "$2 must hold postgresql://$1:PASSWORD@postgres:5432/homeward, with a password of letters and digits" >&2
    return 1
  fi
}

OWNER_PASSWORD=$(password_of homeward_owner "$HOMEWARD_OWNER_DATABASE_URL_FILE")
APP_PASSWORD=$(password_of homeward_app "$HOMEWARD_DATABASE_URL_FILE")
export OWNER_PASSWORD APP_PASSWORD # for psql to get, which a command line would show to everybody

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
CREATE ROLE homeward_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE homeward_app LOGIN PASSWORD :'app_password';
CREATE DATABASE homeward OWNER homeward_owner;
SQL
