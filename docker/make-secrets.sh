#!/usr/bin/env bash
# Makes the secret files that compose.yaml names; files that are there stay as they are.
set -euo pipefail
umask 077
cd "$(dirname "$0")"
mkdir -p secrets
for name in admin_password owner_password reader_password secret_key token_key; do
  # readable for the user inside the containers, closed to others by the folder
  [ -s "secrets/$name" ] || { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' > "secrets/$name"; chmod 644 "secrets/$name"; }
done
echo "Secrets are in $(pwd)/secrets."
