#!/usr/bin/env bash
# Proves that a project outside the tree, depending on dev.verbs:verbs-ffm alone, compiles and runs the README's verbs example,
# on the class path and on the module path. Uses a repository of its own, never the user's.
# Usage: consumer-test.sh    after `mvn package`; JAVA_HOME names the JDK
set -euo pipefail
root=$(cd "$(dirname "$0")/../../../.." && pwd)
work=$root/target/consumer
rm -rf "$work"
mkdir -p "$work/project/src/main/java" "$work/staging"
version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$root/pom.xml" | head -n 1)

stage() { # artifact, directory, packaging
    local to=$work/staging/dev/verbs/$1/$version
    mkdir -p "$to"
    cp "$2/pom.xml" "$to/$1-$version.pom"
    if [ "$3" = jar ]; then cp "$2/target/$1-$version.jar" "$to/"; fi
}
stage verbs-parent "$root" pom
stage verbs-native-headers "$root/native-headers" jar
stage verbs-ffm "$root/verbs-ffm" jar

# The README's first Java block is the program.
awk '/^```java$/ { on = 1; next } /^```$/ { if (on) exit } on' "$root/README.md" > "$work/project/src/main/java/Hello.java"
grep -q 'class Hello' "$work/project/src/main/java/Hello.java"

# A mirror of what Maven already has here (the build of the tree used the same plugins), so that the outside project starts
# from an empty repository without downloading twice.
local_repository=$(tr ':' '\n' < "$root/examples/target/classpath.txt" | sed -n 's:/org/agrona/agrona/.*::p' | head -n 1)
cat > "$work/settings.xml" <<END
<settings>
  <localRepository>$work/repository</localRepository>
  <mirrors><mirror><id>here</id><url>file://$local_repository</url><mirrorOf>central</mirrorOf></mirror></mirrors>
</settings>
END
plugin_version() { # the tree's own choice: it is in the local repository
    awk -v p="<artifactId>maven-$1-plugin<" 'index($0, p) { on = 1 } on && match($0, /<version>[^<]*/) {
        print substr($0, RSTART + 9, RLENGTH - 9); exit }' "$root/pom.xml"
}
cat > "$work/project/pom.xml" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId><artifactId>consumer</artifactId><version>1</version>
  <properties>
    <maven.compiler.release>25</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <repositories><repository><id>staging</id><url>file://$work/staging</url></repository></repositories>
  <dependencies>
    <dependency><groupId>dev.verbs</groupId><artifactId>verbs-ffm</artifactId><version>$version</version></dependency>
  </dependencies>
  <build><pluginManagement><plugins>
    <plugin><artifactId>maven-compiler-plugin</artifactId><version>$(plugin_version compiler)</version></plugin>
    <plugin><artifactId>maven-resources-plugin</artifactId><version>$(plugin_version resources)</version></plugin>
  </plugins></pluginManagement></build>
</project>
END
# A module has no unnamed package: the program moves into one.
modular() {
    local java=$work/project/src/main/java
    mkdir "$java/app"
    { echo 'package app;'; cat "$java/Hello.java"; } > "$java/app/Hello.java"
    rm "$java/Hello.java"
    printf 'module consumer {\n    requires dev.verbs;\n}\n' > "$java/module-info.java"
}
build() {
    rm -rf "$work/project/target"
    (cd "$work/project" && MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" mvn -q -B -ntp -s "$work/settings.xml" compile \
        "org.apache.maven.plugins:maven-dependency-plugin:$(plugin_version dependency):build-classpath" \
        -Dmdep.outputFile="$work/classpath.txt" -Dmdep.includeScope=runtime) > "$work/mvn.log" 2>&1 \
        || { cat "$work/mvn.log" >&2; return 1; }
}
check() { # name, command...
    local name=$1 output
    shift
    output=$("$@") || { echo "consumer: $name failed: $output"; return 1; }
    case $output in
        *'SUCCESS RDMA_WRITE: hello, rdma'*) echo "consumer: $name: $output" ;;
        *) echo "consumer: $name printed '$output'"; return 1 ;;
    esac
}
flags=(--sun-misc-unsafe-memory-access=deny --illegal-native-access=deny)
java=$JAVA_HOME/bin/java
provider=${1:-soft}

build
check "class path" "$java" "${flags[@]}" --enable-native-access=ALL-UNNAMED \
    -cp "$work/project/target/classes:$(cat "$work/classpath.txt")" Hello "$provider"
modular
build
check "module path" "$java" "${flags[@]}" --enable-native-access=dev.verbs,dev.verbs.headers \
    -p "$work/project/target/classes:$(cat "$work/classpath.txt")" -m consumer/app.Hello "$provider"
