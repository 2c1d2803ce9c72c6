# fetch-debian-package.sh CACHE SUITES PATTERN...
# Takes, without root, one package from a newer suite of the Debian (Ubuntu) archive that this machine's own apt is
# configured for, and unpacks it below CACHE. Prints "SUITE PACKAGE VERSION DIRECTORY". SUITES is a comma-separated list,
# tried in order ("." is the suite that the machine runs); PATTERN is an apt package name or a ^regular expression$.
# Nothing outside CACHE is written: apt gets private state, lists and cache directories. A lock makes it safe to
# run twice at once; what is already unpacked is not fetched again.
set -eu
export LC_ALL=C
cache=$1 suites=$2
shift 2

say() { echo "legoos: $*" >&2; }
for tool in apt-get apt-cache dpkg-deb flock; do
    command -v "$tool" >/dev/null || { say "no $tool here: packages cannot be fetched"; exit 3; }
done

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9

# The archive of the distribution itself, not its security or third-party ones: the line that carries "main" for the
# suite we run. Both source formats are read by apt for us; only Signed-By must be looked up.
. /etc/os-release
own=${VERSION_CODENAME:-stable}
mirror=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v own="$own" '$2 == "main" && ($1 == own || !found) { uri = $3; found = 1; if ($1 == own) exit } END { print uri }')
[ -n "$mirror" ] || { say "apt has no package source configured on this machine"; exit 3; }
# Quotes off, comments out; a deb822 stanza becomes one line, so that URI and Signed-By meet on it.
parts=$(apt-config dump --format '%v%n' Dir::Etc::sourceparts)
signed=$( { cat /etc/apt/sources.list /etc/apt/"${parts:-sources.list.d}"/*.list 2>/dev/null
            awk -v RS= '{ gsub(/\n[ \t]*#[^\n]*/, ""); gsub(/\n/, " "); print }' \
                /etc/apt/"${parts:-sources.list.d}"/*.sources 2>/dev/null; } |
    grep -v '^ *#' | grep -F "${mirror%/}" | grep -m1 -oiE 'signed-by[:=] *[^] ]+' | sed 's/^[^:=]*[:=] *//' || true)
option=${signed:+[signed-by=$signed]}

for suite in $(echo "$suites" | tr , ' '); do
    [ "$suite" = . ] && suite=$own
    base=$cache/$suite
    for pattern; do
        done=$base/$(echo "$pattern" | tr -c 'A-Za-z0-9.\n' _).done
        if [ -f "$done" ]; then cat "$done"; exit 0; fi
    done
    mkdir -p "$base/lists/partial" "$base/archives/partial" "$base/parts"
    : >"$base/status"
    echo "deb $option $mirror $suite main" >"$base/sources.list"
    # #clear: the machine's own hooks after an update are not ours to run.
    cat >"$base/apt.conf" <<END
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Update::Pre-Invoke;
#clear DPkg;
APT::Sandbox::User "";
APT::Default-Release "";
Acquire::Languages "none";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::Retries "1";
Acquire::http::Timeout "15";
Acquire::https::Timeout "15";
Dir::State "$base";
Dir::State::lists "$base/lists";
Dir::State::status "$base/status";
Dir::Cache "$base";
Dir::Cache::archives "$base/archives";
Dir::Etc::sourcelist "$base/sources.list";
Dir::Etc::sourceparts "$base/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$base/parts";
END
    # Without a network every start would wait for the same time-outs: not again for some minutes.
    if [ -n "$(find "$base/failed" -mmin -10 2>/dev/null)" ]; then
        say "$suite could not be read some minutes ago (remove $base/failed to try at once)"
        continue
    fi
    if [ ! -f "$base/updated" ]; then
        say "reading the package list of $suite"
        apt-get -qq -c="$base/apt.conf" update >&2 2>"$base/log" && touch "$base/updated" ||
            { touch "$base/failed"; say "$suite: $(grep -m1 '^E:' "$base/log" || echo 'apt-get update failed')"; continue; }
    fi
    for pattern; do
        package=$(apt-cache -c="$base/apt.conf" search --names-only "$pattern" |
            awk -v p="$pattern" '{ if (p ~ /\^/ || $1 == p) print $1 }' | sort -V | tail -1)
        [ -n "$package" ] || continue
        version=$(apt-cache -c="$base/apt.conf" show --no-all-versions "$package" | sed -n 's/^Version: //p' | head -1)
        root=$base/${package}_$(echo "$version" | tr -c 'A-Za-z0-9.\n' _)
        say "fetching $package $version of $suite"
        (cd "$base/archives" && apt-get -qq -c="$base/apt.conf" download "$package" >&2 2>"$base/log") ||
            { rm -f "$base/updated"; say "$(grep -m1 '^E:' "$base/log" || echo 'apt-get download failed')"; continue; }
        rm -rf "$root.part"
        dpkg-deb -x "$base/archives/${package}"_*.deb "$root.part"
        rm -rf "$root" "$base/archives"/*.deb
        mv "$root.part" "$root"
        done=$base/$(echo "$pattern" | tr -c 'A-Za-z0-9.\n' _).done
        echo "$suite $package $version $root" >"$done.part"
        mv "$done.part" "$done"
        cat "$done"
        exit 0
    done
done
say "none of the suites $suites of this machine's archive has $*"
exit 4
