#!/bin/sh
# Builds the images and the layer, then serves real requests from them through an emulated Lambda. Needs no registry of
# images: the base image is made here from the project's own Node. Run as root, after `npm ci` and `npm run build`.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/node_modules/.bin:$PATH

work=$(mktemp -d)
# Storage of its own: nothing here can meet images that are already on the machine, and all of it goes away at the end.
storage="--storage-driver vfs --root $work/storage --runroot $work/run"
podman="podman $storage --cgroup-manager cgroupfs"
cleanup() {
  status=$?
  trap - EXIT
  # shellcheck disable=SC2086
  $podman rm --all --force --time 0 >/dev/null 2>&1 || true
  rm -rf "$work"
  exit $status
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step() { printf '› %s\n' "$1"; }

install_tools() {
  missing=
  for tool in buildah podman runc unzip; do
    command -v $tool >/dev/null || missing="$missing $tool"
  done
  [ -x /bin/busybox ] && ! ldd /bin/busybox >/dev/null 2>&1 || missing="$missing busybox-static"
  [ -n "$missing" ] || return 0
  step "installing$missing"
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
}

# A root with Node, the libraries that it links to, and a POSIX shell.
make_base_root() {
  root=$1
  mkdir -p "$root/bin" "$root/usr/bin" "$root/etc" "$root/tmp"
  chmod 1777 "$root/tmp"
  cp /bin/busybox "$root/bin/busybox"
  for applet in sh env mv; do ln -s /bin/busybox "$root/bin/$applet"; done
  ln -s /bin/busybox "$root/usr/bin/env"
  node=$(node -p process.execPath)
  cp "$node" "$root/usr/bin/node"
  ldd "$node" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
}

# A file to execute, which the emulated Lambda starts.
program() {
  printf '#!/bin/sh\nexec env %s\n' "$2" >"$1"
  chmod +x "$1"
}

build() {
  # shellcheck disable=SC2086
  buildah $storage bud --isolation chroot --quiet "$@" >/dev/null
}

install_tools

step 'building the images'
make_base_root "$work/root"
printf 'FROM scratch\nCOPY root /\nENV PATH=/usr/bin:/bin\n' >"$work/base.Dockerfile"
build -t localhost/base -f "$work/base.Dockerfile" "$work"
build -t localhost/lambda-web-adapter -f docker/Dockerfile .
build -t localhost/hello --build-arg BASE=localhost/base --build-arg ADAPTER=localhost/lambda-web-adapter \
  -f docker/example.Dockerfile .
command=$($podman image inspect --format '{{join .Config.Cmd " "}}' localhost/hello)

for concurrency in 1 8; do
  step "serving from the image, $concurrency at a time"
  # Lambda starts extensions and the app in one environment, each with its own variables: one container, two processes.
  # There, too, they run without rights, can write to /tmp alone, and may have no more files and processes than these.
  program "$work/adapter" "$podman run --rm --name hello-$concurrency --runtime runc --network host --pull never \
    --read-only --user 1000 --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 --env 'AWS_*' --env PORT localhost/hello /opt/extensions/lambda-adapter"
  program "$work/app" "$podman exec --env 'AWS_*' hello-$concurrency $command"
  node test/docker/serve-and-check.ts "$work/adapter" "$work/app" $concurrency
done

step 'packing the layer'
node docker/layer.mjs "$work/layer.zip" >/dev/null
unzip -q "$work/layer.zip" -d "$work/opt"
(cd "$work/opt" && find . -type f -printf '%m %P\n' | sort -k 2) >"$work/found"
cat >"$work/expected" <<'EOT'
755 bootstrap
755 extensions/lambda-adapter
644 lambda-adapter/main.js
644 lambda-adapter/pino.js
644 lambda-adapter/serve.js
644 lambda-adapter/worker.js
644 package.json
EOT
diff "$work/expected" "$work/found" || { echo 'the layer holds other files or modes than it should' >&2; exit 1; }

step 'serving from the layer, 8 at a time'
mkdir "$work/tmp"
program "$work/app" "TMPDIR=$work/tmp $work/opt/bootstrap node examples/hello/server.mjs"
program "$work/adapter" "TMPDIR=$work/tmp $work/opt/extensions/lambda-adapter"
node test/docker/serve-and-check.ts "$work/adapter" "$work/app" 8
