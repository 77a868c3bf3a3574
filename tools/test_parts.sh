#!/bin/sh
# The real parts that the tests drive: Chromium, Node with npm, Java, PostgreSQL with contrib, Redis.
# What is missing is installed from Debian by root; anybody else is told the names of the packages.
# Chromium without its desktop (chromium-headless-shell) opens a page in half the time, so it is taken where Debian has it.
set -eu
cd "$(dirname "$0")/.."

have() { command -v "$1" >/dev/null 2>&1; }

java_is_new() {
    have java && version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p') && [ "${version:-0}" -ge 17 ]
}

node_is_new() {
    have npm && have node && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]
}

postgresql_is_new() {
    for bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin; do
        [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] || continue
        major=$("$bin/initdb" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
        [ "$major" -ge 15 ] && [ -e "/usr/share/postgresql/$major/extension/pg_trgm.control" ] && return 0
        [ "$major" -ge 15 ] && [ -x "$bin/pg_config" ] && [ -e "$("$bin/pg_config" --sharedir)/extension/pg_trgm.control" ] && return 0
    done
    return 1
}

can_install() { [ "$(id -u)" -eq 0 ] && have apt-get; }

debian_has() { apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'; }

missing=""
if ! have chromium-headless-shell; then
    if can_install && { debian_has chromium-headless-shell || apt-get -qq update; } && debian_has chromium-headless-shell; then
        missing="$missing chromium-headless-shell"
    elif ! have chromium && ! have chromium-browser && ! have google-chrome; then
        missing="$missing chromium"
    fi
fi
node_is_new || missing="$missing nodejs npm"
java_is_new || missing="$missing default-jre-headless"
postgresql_is_new || missing="$missing postgresql postgresql-contrib"
have redis-server || missing="$missing redis-server"
have runuser || [ "$(id -u)" -ne 0 ] || missing="$missing util-linux"

if [ -n "$missing" ]; then
    if can_install; then
        echo "Installing for the tests:$missing"
        export DEBIAN_FRONTEND=noninteractive
        apt-get -qq update
        # shellcheck disable=SC2086 - the names are separate words
        apt-get -qq install -y --no-install-recommends $missing >/dev/null
    else
        echo "The tests need parts that this machine lacks. Install (Debian's names):$missing" >&2
        exit 1
    fi
fi

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --silent --no-progress
    touch node_modules/.package-lock.json
fi
