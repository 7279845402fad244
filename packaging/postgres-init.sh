#!/bin/sh
# The role of the hub: neither a superuser nor exempt from row-level security.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$HUB_PASSWORD" --username=postgres <<'SQL'
CREATE ROLE hub LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE hub OWNER hub;
SQL
