# Shared by scripts/run, scripts/test and scripts/bench: install what is missing, configure, build. To be sourced.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release

# install_packages SECTION...: apt-get install the packages of those sections that dpkg does not know as installed.
install_packages() {
  command -v dpkg-query >/dev/null || return 0
  local section missing=() package status
  for section in "$@"; do
    for package in $(sed -n "/^\[$section\]/,/^\[/{/^[^[#]/p}" "$root/scripts/packages.txt"); do
      status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || status=
      [[ $status == installed ]] || missing+=("$package")
    done
  done
  ((${#missing[@]})) || return 0
  echo "installing ${missing[*]}" >&2
  local as_root=()
  ((EUID == 0)) || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# is_current STAMP: has no source changed since the build that left this stamp?
is_current() {
  [[ -e $1 && -x $build/pyjit ]] || return 1
  local sources=()
  for path in main.cc CMakeLists.txt CMakePresets.json scripts/std_pch.h frontend runtime interp jit "${@:2}"; do
    [[ -e $root/$path ]] && sources+=("$root/$path")
  done
  [[ -z $(find "${sources[@]}" -newer "$1" -print -quit) ]]
}

# build_target STAMP TARGET...: configure when that was never done, then build. Everything is said on stderr.
build_target() {
  local stamp=$1
  shift
  mkdir -p "$build"
  exec 9>"$build/.lock"
  flock 9
  touch "$stamp.begun"
  [[ -e $build/build.ninja ]] || (cd "$root" && cmake --preset release) >&2
  # A glob that finds a new file makes CMake configure again by itself.
  cmake --build "$build" -j "$(nproc)" --target "$@" >&2
  mv "$stamp.begun" "$stamp"
  exec 9>&-
}

# ensure_pyjit: leaves a current build/release/pyjit, and does next to nothing when there is one.
ensure_pyjit() {
  is_current "$build/.pyjit.stamp" && return
  install_packages build
  if [[ ! -e $root/main.cc ]]; then
    echo "there is no main.cc yet, so no pyjit can be built" >&2
    exit 1
  fi
  build_target "$build/.pyjit.stamp" pyjit
}
