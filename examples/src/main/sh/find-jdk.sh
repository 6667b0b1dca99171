# shellcheck shell=bash
# Sourced. Finds a JDK that is new enough: JAVA_HOME, then `java` on the PATH, then the usual places.
# The version is read from the JDK's `release` file, because starting each JVM to ask would take longer than the program.

# What every JVM of this project runs with: native access is allowed, and what the library promises not to need is denied.
# shellcheck disable=SC2034  # used by those who source this
JAVA_FLAGS='--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=deny --illegal-native-access=deny'
# In the emulated guest the second compiler costs more than it gains within minutes. VERBS_JAVA_OPTS come later and win.
[[ -z ${VERBS_VM:-} ]] || JAVA_FLAGS+=' -XX:TieredStopAtLevel=1'

jdk_qualifies() {
    local line version=0
    [[ -n $1 && -x $1/bin/javac && -r $1/release ]] || return 1
    while read -r line; do
        if [[ $line =~ ^JAVA_VERSION=\"?([0-9]+) ]]; then version=${BASH_REMATCH[1]}; fi
    done <"$1/release"
    ((version >= 25))
}

find_jdk() {
    local home on_path
    on_path=$(command -v java || true)
    if [[ -n $on_path ]]; then on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")"); fi
    for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/local/*jdk* /opt/*jdk* /opt/*/*jdk* /opt/java/* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home ~/.sdkman/candidates/java/* ~/.jdks/*; do
        if jdk_qualifies "$home"; then
            echo "$home"
            return
        fi
    done
    return 1
}

# For commands that can do without.
export_jdk() {
    local home
    if home=$(find_jdk); then export JAVA_HOME=$home; fi
}

require_jdk() {
    export_jdk
    jdk_qualifies "${JAVA_HOME:-}" && return
    echo "verbs needs a JDK 25 or newer: set JAVA_HOME or install one, e.g. Temurin 25" >&2
    exit 1
}
