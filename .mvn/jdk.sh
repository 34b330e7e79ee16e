# Sourced by mvnw and jitney: leaves JAVA_HOME pointing at a JDK that is new enough, or says what to
# install and exits 1. POSIX sh, safe under `set -eu`, with or without `set -f`.
jitney_jdk_min=25

jitney_jdk_major() {
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

jitney_jdk_fits() {
  jitney_major=$(jitney_jdk_major "$1" || :)
  [ -n "$jitney_major" ] && [ "$jitney_major" -ge "$jitney_jdk_min" ]
}

jitney_jdk_choose() {
  if [ -n "${JAVA_HOME-}" ] && jitney_jdk_fits "$JAVA_HOME"; then return 0; fi
  jitney_javac=$(command -v javac 2>/dev/null || :)
  if [ -n "$jitney_javac" ]; then
    jitney_javac=$(readlink -f "$jitney_javac" 2>/dev/null || printf '%s' "$jitney_javac")
    jitney_home=${jitney_javac%/bin/javac}
    if jitney_jdk_fits "$jitney_home"; then JAVA_HOME=$jitney_home; return 0; fi
  fi
  case $- in *f*) jitney_noglob=1; set +f ;; *) jitney_noglob= ;; esac
  jitney_found=
  for jitney_home in "${JAVA_25_HOME-}" "${JAVA_HOME_25_X64-}" /usr/lib/jvm/* /opt/java/* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$jitney_home" ] && jitney_jdk_fits "$jitney_home"; then jitney_found=$jitney_home; break; fi
  done
  [ -z "$jitney_noglob" ] || set -f
  [ -n "$jitney_found" ] && JAVA_HOME=$jitney_found
}

if ! jitney_jdk_choose; then
  echo "No JDK $jitney_jdk_min or newer was found. Install one (for example Temurin $jitney_jdk_min) and set JAVA_HOME to it." >&2
  exit 1
fi
export JAVA_HOME
