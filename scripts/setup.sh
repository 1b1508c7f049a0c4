# Sourced by ./demo and ./test: a virtual environment with the locked set, nothing else.
# Defines: say, fail, setup_venv SET…   Needs: Python 3.11 or newer with its venv module.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

find_python() {
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 \
      && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return 0
    fi
  done
  return 1
}

# uv is quick; pip knows the machine's own certificates and indexes, and takes over where uv cannot reach them.
install_with_uv_or_pip() {
  .venv/bin/uv pip install --quiet --python .venv/bin/python "$@" 2>.venv/uv.log && return 0
  say "L'installateur rapide n'a pas abouti : pip prend la suite, comptez une minute…"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@" && return 0
  cat .venv/uv.log >&2
  return 1
}

setup_venv() {
  sets="$*"
  stamp=".venv/.clefdevoute-$(cat requirements/*.txt pyproject.toml | cksum | tr -d ' ')-$(printf '%s' "$sets" | tr ' ' '+')"
  [ -f "$stamp" ] && [ -x .venv/bin/clefdevoute ] && return 0
  base_python=$(find_python) || fail "Il faut Python 3.11 ou plus récent. Sous Debian ou Ubuntu : apt-get install python3 python3-venv"
  if [ ! -x .venv/bin/python ]; then
    "$base_python" -m venv .venv 2>/dev/null \
      || { rm -rf .venv; fail "Le module venv de Python manque. Sous Debian ou Ubuntu : apt-get install python3-venv"; }
  fi
  say "Installation des bibliothèques verrouillées (une seule fois)…"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt \
    || fail "L'installation a échoué : le dépôt de paquets Python ne répond pas. Vérifiez le réseau, puis relancez."
  set --
  for name in $sets; do set -- "$@" -r "requirements/$name.txt"; done
  install_with_uv_or_pip --require-hashes "$@" -r requirements/build.txt \
    || fail "L'installation a échoué : voyez la ligne ci-dessus, puis relancez."
  install_with_uv_or_pip --no-deps --no-build-isolation --editable . \
    || fail "Le paquet clefdevoute ne s'installe pas : voyez la ligne ci-dessus."
  rm -f .venv/.clefdevoute-*
  : > "$stamp"
}
