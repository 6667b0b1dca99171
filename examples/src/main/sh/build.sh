# shellcheck shell=bash
# Sourced, with $root and JAVA_HOME set. Builds with Maven, but only when something changed since the last time.
# Nothing is installed into the local Maven repository: the launcher runs from the modules' target directories.

# shellcheck disable=SC2154  # root: see above
build_state=$root/target/.verbs-build

# Everything that a build depends on. The shell scripts are run from the source tree.
source_files() {
    (
        cd "$root" || exit
        find pom.xml .mvn ./*/pom.xml ./*/src -path ./examples/src/main/vm -prune -o -path ./examples/src/main/sh -prune \
            -o -type f "$@" 2>/dev/null || true # .mvn need not exist
    )
}

# Catches what times cannot: deleted and renamed files, and a tree that was moved (class paths are absolute).
source_names() { echo "$root"; source_files -print | LC_ALL=C sort; }

runtime_classpath() { echo "$root/examples/target/classes:$(<"$root/examples/target/classpath.txt")"; }

build_is_fresh() {
    local jar IFS=:
    [[ -f $build_state/stamp && -f $root/examples/target/classpath.txt ]] || return 1
    [[ -z $(source_files -newer "$build_state/stamp" -print | head -n 1) ]] || return 1
    [[ $(source_names) == "$(<"$build_state/stamp")" ]] || return 1
    for jar in $(runtime_classpath); do [[ -e $jar ]] || return 1; done
}

# The stamp is as old as the start of the build: what is edited meanwhile counts as newer.
build_begins() {
    mkdir -p "$build_state"
    rm -f "$build_state/stamp"
    source_names >"$build_state/stamp.new"
}
build_succeeded() { mv "$build_state/stamp.new" "$build_state/stamp"; }

# Maven 3.8's own libraries use what newer JDKs warn about.
maven=(env "MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
       mvn -B -ntp -Dstyle.color=never)

require_maven() {
    command -v mvn >/dev/null && return
    echo "verbs needs Maven to build: install it, e.g. apt-get install maven, or put mvn on the PATH" >&2
    exit 1
}

# One build at a time in one tree, where the system can say so.
lock_build() {
    command -v flock >/dev/null || return 0
    exec 9>"$build_state/lock"
    flock 9
}
unlock_build() { exec 9>&-; }

ensure_build() {
    if build_is_fresh; then return; fi
    if [[ -n ${VERBS_VM:-} ]]; then
        echo "verbs: the build is out of date, and nothing is built inside the VM: run ./verbs --help outside first" >&2
        exit 1
    fi
    if ! mkdir -p "$build_state" 2>/dev/null || [[ ! -w $build_state ]]; then
        echo "verbs: the build is out of date, and $build_state cannot be written" >&2
        exit 1
    fi
    require_maven
    lock_build
    if ! build_is_fresh; then # it may have been made while we waited
        echo "verbs: building (sources are newer than the last build)" >&2
        build_begins
        # The gates of style are for ./verbs test: who tries something out need not please them.
        # stdout belongs to the program, and Maven must not hold the lock by its descriptor.
        if ! (cd "$root" && "${maven[@]}" -q -DskipTests -Dcheckstyle.skip=true package >"$build_state/log" 2>&1 9>&-); then
            sed $'s/\e\\[[0-9;]*m//g' "$build_state/log" | head -n 60 >&2 # Maven's stray colours
            echo "verbs: the build failed (all of it: $build_state/log)" >&2
            exit 1
        fi
        build_succeeded
    fi
    unlock_build
}
