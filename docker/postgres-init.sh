#!/usr/bin/env bash
# Run once by the database image: the roles and databases of the portal.
set -euo pipefail
owner=$(cat /run/secrets/owner_password)
reader=$(cat /run/secrets/reader_password)
psql -v ON_ERROR_STOP=1 -v owner="$owner" -v reader="$reader" -U postgres <<'SQL'
CREATE ROLE ckan LOGIN PASSWORD :'owner';
CREATE ROLE datastore_reader LOGIN PASSWORD :'reader';
CREATE DATABASE ckan OWNER ckan ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE datastore OWNER ckan ENCODING 'UTF8' TEMPLATE template0;
SQL
